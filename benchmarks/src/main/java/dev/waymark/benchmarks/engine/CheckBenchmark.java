package dev.waymark.benchmarks.engine;

import dev.waymark.benchmarks.BenchContext;
import dev.waymark.benchmarks.Benchmark;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** How long {@code ./waymark check} takes with a file of events, its start included. */
public final class CheckBenchmark implements Benchmark {
  private static final int EVENTS = 100_000;
  private static final int SHORT_EVENTS = 10_000;
  private static final int OPEN_RUNS = 500;
  private static final int ROUNDS = 3;
  private static final int VIOLATIONS = 1;

  @Override
  public String name() {
    return "check";
  }

  @Override
  public String about() {
    return "seconds of ./waymark check with 100,000 events, start included";
  }

  @Override
  public void run(BenchContext context) throws Exception {
    Path rules = BenchRules.file();
    Path events = Files.createTempFile("waymark-bench", ".jsonl");
    Path log = Files.createTempFile("waymark-bench", ".log");
    try {
      write(new Workload(context.isShort() ? SHORT_EVENTS : EVENTS, OPEN_RUNS), events);
      for (int round = 0; round < (context.isShort() ? 1 : ROUNDS); round++) {
        context.sample("check.seconds", "s", seconds(context.home(), rules, events, log));
      }
    } finally {
      Files.delete(events);
      Files.delete(log);
    }
  }

  private static void write(Workload workload, Path file) throws IOException {
    Workload.Events events = workload.opened();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int event = 0; event < workload.events(); event++) {
        out.write(events.get(event));
        out.write('\n');
      }
    }
  }

  private static double seconds(Path home, Path rules, Path events, Path log)
      throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
                home.resolve("waymark").toString(),
                "check",
                "--rules",
                rules.toString(),
                "--events",
                events.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // The build is no part of it.
    command.environment().put("WAYMARK_BUILD", "never");
    long begin = System.nanoTime();
    int code = command.start().waitFor();
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (code != VIOLATIONS) {
      throw new IllegalStateException("check ended with " + code + ":\n" + Files.readString(log));
    }
    return seconds;
  }
}
