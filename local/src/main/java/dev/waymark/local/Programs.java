package dev.waymark.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the build puts what this launcher starts. */
record Programs(Path home) {
  /** Flink itself; there is no distribution of it to download. */
  String flinkClassPath() {
    return flinkLib().resolve("*").toString();
  }

  Path flinkLib() {
    return home.resolve("jobs/target/flink-lib");
  }

  Path jobsJar() {
    return home.resolve("jobs/target/waymark-jobs.jar");
  }

  String apiClassPath() throws IOException {
    return classPath("query-api");
  }

  String clientClassPath() throws IOException {
    return classPath("client");
  }

  /** The client and its libraries, such as the rule parser. */
  List<Path> clientJars() throws IOException {
    Path target = home.resolve("client/target");
    List<Path> jars = new ArrayList<>(ownJars(target, "client"));
    jars.addAll(Folders.children(target.resolve("lib")));
    return jars;
  }

  /** The module's own jar before its libraries. */
  private String classPath(String module) throws IOException {
    Path target = home.resolve(module).resolve("target");
    List<String> entries = new ArrayList<>();
    ownJars(target, module).forEach(jar -> entries.add(jar.toString()));
    if (entries.isEmpty()) {
      throw new IOException(
          Text.of(
              "%s/waymark-%s-*.jar: not built; ./waymark builds it, or mvn package",
              target, module));
    }
    entries.add(target.resolve("lib").resolve("*").toString());
    return String.join(File.pathSeparator, entries);
  }

  private static List<Path> ownJars(Path target, String module) throws IOException {
    return Folders.children(target).stream()
        .filter(file -> file.getFileName().toString().matches("waymark-" + module + "-.*\\.jar"))
        .toList();
  }
}
