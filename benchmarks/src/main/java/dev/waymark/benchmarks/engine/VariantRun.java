package dev.waymark.benchmarks.engine;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.util.FileUtils;

/**
 * One run of one variant, in a JVM of its own: no other run's garbage or compiled code tells on it.
 *
 * @param rules the rule set, for the engine
 */
record VariantRun(
    Variant variant, int parallelism, Workload workload, int checkpointMs, Path rules) {
  static final String RESULTS = "results.properties";
  static final String FINDINGS = "findings.txt";
  static final String EVENTS_PER_SECOND = "eventsPerSecond";
  static final String CPU_MICROS = "cpuMicros";
  static final String SECONDS = "seconds";
  static final String CHECKPOINTS = "checkpoints";
  static final String CHECKPOINT_BYTES = "checkpointBytes";
  static final String CHECKPOINT_MS = "checkpointMs";

  private static final String LOG = "process.log";
  private static final String HEAP = "-Xmx3g";
  private static final List<String> OPENED = List.of("util", "lang", "time");

  /** What it came to. */
  record Result(Properties measured, Set<String> findings) {
    double get(String name) {
      return Double.parseDouble(measured.getProperty(name, "0"));
    }
  }

  /**
   * What goes before is for compilers and caches, and until all runs are open: the first third, or
   * more where the events are few.
   */
  int measuredFrom() {
    int events = workload.events();
    int open = Math.min(events * 5 / 8, 2 * workload.openRuns());
    return Math.max(events / 3, open) / parallelism * parallelism;
  }

  static VariantRun parse(String text) {
    String[] parts = text.split(",", 6);
    return new VariantRun(
        Variant.valueOf(parts[0]),
        Integer.parseInt(parts[1]),
        new Workload(Integer.parseInt(parts[2]), Integer.parseInt(parts[3])),
        Integer.parseInt(parts[4]),
        Path.of(parts[5]));
  }

  private String text() {
    return String.join(
        ",",
        variant.name(),
        Integer.toString(parallelism),
        Integer.toString(workload.events()),
        Integer.toString(workload.openRuns()),
        Integer.toString(checkpointMs),
        rules.toString());
  }

  /** Runs it; throws with the end of its log if it fails. */
  Result inItsOwnProcess() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("waymark-bench");
    try {
      Process process =
          new ProcessBuilder(command(folder))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(LOG).toFile())
              .start();
      int code = awaitOrKill(process);
      if (code != 0) {
        throw new IOException(text() + " ended with " + code + ":\n" + endOfLog(folder));
      }
      Properties measured = new Properties();
      try (Reader in = Files.newBufferedReader(folder.resolve(RESULTS))) {
        measured.load(in);
      }
      return new Result(measured, new TreeSet<>(Files.readAllLines(folder.resolve(FINDINGS))));
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private List<String> command(Path folder) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(HEAP);
    OPENED.forEach(name -> command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED"));
    String more = System.getenv("WAYMARK_BENCH_JAVA_OPTS");
    if (more != null) {
      command.addAll(List.of(more.split(" ")));
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(VariantProcess.class.getName());
    command.add(text());
    command.add(folder.toString());
    return command;
  }

  private static int awaitOrKill(Process process) throws InterruptedException {
    Thread killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    try {
      return process.waitFor();
    } finally {
      process.destroyForcibly();
      if (!Thread.currentThread().isInterrupted()) {
        Runtime.getRuntime().removeShutdownHook(killer);
      }
    }
  }

  private static String endOfLog(Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(LOG));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }
}
