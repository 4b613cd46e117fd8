package dev.waymark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of one local stack and what lies where in it. Two stacks need two of these. */
record DataDir(Path root) {
  /** Addresses of the running stack, for the other commands; see {@link StackEnv}. */
  Path stackEnv() {
    return root.resolve("stack.env");
  }

  /** Key of the operator's admin; see {@link StackSecrets}. */
  Path adminKey() {
    return root.resolve("secrets").resolve("admin.key");
  }

  Path tokenKey() {
    return root.resolve("secrets").resolve("jwt.key");
  }

  Path checkedSecret() {
    return root.resolve("secrets").resolve("checked.key");
  }

  Path masterKey() {
    return root.resolve("secrets").resolve("master.key");
  }

  Path lock() {
    return root.resolve("launcher.lock");
  }

  Path pidFiles() {
    return root.resolve("run");
  }

  Path pidFile(String process) {
    return pidFiles().resolve(process + ".pid");
  }

  Path log(String process) {
    return root.resolve("logs").resolve(process + ".log");
  }

  Path postgres() {
    return root.resolve("postgres");
  }

  Path kafka() {
    return root.resolve("kafka");
  }

  Path flink() {
    return root.resolve("flink");
  }

  /** Which savepoint or checkpoint each job resumes from; see {@link ResumePoints}. */
  Path resumePoints() {
    return flink().resolve("resume.json");
  }

  Path checkpoints() {
    return flink().resolve("checkpoints");
  }

  Path savepoints() {
    return flink().resolve("savepoints");
  }

  /** Makes the folders that more than one part writes to. */
  void create() throws IOException {
    Files.createDirectories(pidFiles());
    Files.createDirectories(root.resolve("logs"));
  }
}
