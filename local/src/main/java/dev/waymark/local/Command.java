package dev.waymark.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program to start.
 *
 * @param line program and arguments
 * @param environment added to the launcher's own
 * @param directory its working directory
 */
record Command(List<String> line, Map<String, String> environment, Path directory) {
  Command {
    line = List.copyOf(line);
    environment = Map.copyOf(environment);
  }

  /** The same with more in its environment. */
  Command with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    return new Command(line, all, directory);
  }

  /** The Java that runs this launcher. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
