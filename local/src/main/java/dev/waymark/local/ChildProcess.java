package dev.waymark.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A process this launcher has started. It runs in a session of its own, so that a Ctrl-C in the
 * terminal reaches the launcher alone, which then stops its children in the right order. Its output
 * goes to its log; its identity to a pid file, which outlives a launcher that is killed.
 */
final class ChildProcess {
  /** From util-linux; keeps the pid, because a child is no group leader. */
  private static final String OWN_SESSION = "setsid";

  /** More arenas only cost memory here: glibc's default is eight a core. */
  private static final String ARENAS = "MALLOC_ARENA_MAX";

  private static final String ARENAS_VALUE = "2";

  private final String name;
  private final Process process;
  private final ProcessIdentity identity;
  private final PidFile pidFile;
  private final Path log;
  private volatile boolean stopping;

  private ChildProcess(
      String name, Process process, ProcessIdentity identity, PidFile pidFile, Path log) {
    this.name = name;
    this.process = process;
    this.identity = identity;
    this.pidFile = pidFile;
    this.log = log;
  }

  /** Starts the command; its log is appended to. */
  static ChildProcess start(String name, Command command, DataDir data) throws IOException {
    Path log = data.log(name);
    List<String> line = new ArrayList<>();
    line.add(OWN_SESSION);
    line.addAll(command.line());
    ProcessBuilder builder = new ProcessBuilder(line).directory(command.directory().toFile());
    builder.environment().put(ARENAS, ARENAS_VALUE);
    builder.environment().putAll(command.environment());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    // A process that is gone at once has no identity any more; its pid alone is as good then.
    ProcessIdentity identity =
        ProcessIdentity.of(process.pid()).orElse(new ProcessIdentity(process.pid(), "gone"));
    PidFile pidFile = new PidFile(data.pidFile(name));
    pidFile.write(identity);
    return new ChildProcess(name, process, identity, pidFile, log);
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  Path log() {
    return log;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Completes with the exit code; 128 + n after signal n. */
  CompletableFuture<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Whether its end was asked for. */
  boolean isStopping() {
    return stopping;
  }

  /** Ends the process: signal, grace period, kill. Returns whether it went by itself. */
  boolean stop(StopSignal signal, Duration grace) throws IOException, InterruptedException {
    stopping = true;
    boolean willing = signal.stop(identity, grace);
    pidFile.delete();
    return willing;
  }

  void kill() throws IOException {
    stopping = true;
    StopSignal.kill(identity);
    pidFile.delete();
  }

  /** What it said last, for people who ask why it went. */
  String tail(int lines) throws IOException {
    if (!Files.exists(log)) {
      return "";
    }
    // Logs may hold any bytes.
    List<String> all = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
  }
}
