package dev.waymark.local.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The script at the root, as a person calls it.
 *
 * @param folder for its output
 * @param environment beside this process's own
 */
record WaymarkCommand(Path folder, Map<String, String> environment) {
  private static final long PATIENCE_MINUTES = 10;

  /** What a finished command said, standard output and error together. */
  record Outcome(int exitCode, String output) {}

  /** Runs a command to its end. */
  Outcome run(List<String> arguments) throws Exception {
    Path out = Files.createTempFile(folder, arguments.get(0) + "-", ".out");
    Process process = start(out, arguments);
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError(
          arguments + " took longer than " + PATIENCE_MINUTES + " min:\n" + text(out));
    }
    return new Outcome(process.exitValue(), text(out));
  }

  Process start(Path out, List<String> arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of("..").toAbsolutePath().normalize().resolve("waymark").toString());
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line);
    Map<String, String> own = new HashMap<>(environment);
    // The build that runs this test has packed the programs; another beside it would disturb both.
    own.put("WAYMARK_BUILD", "never");
    builder.environment().putAll(own);
    return builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
  }

  static String text(Path out) throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
