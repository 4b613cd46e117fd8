package dev.waymark.benchmarks.pipeline;

import dev.waymark.benchmarks.BenchContext;
import dev.waymark.benchmarks.Benchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the whole stack costs on one machine: seconds from {@code ./waymark up --demo} to ready when
 * all is built, and its memory while the demo runs, the launcher's own included.
 */
public final class StackBenchmark implements Benchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration DEMO = Duration.ofSeconds(30);
  private static final Duration SHORT_DEMO = Duration.ofSeconds(5);
  private static final int ROUNDS = 3;
  private static final double KIB_PER_MIB = 1_024;

  @Override
  public String name() {
    return "stack";
  }

  @Override
  public String about() {
    return "seconds until ./waymark up --demo is ready, and the memory of all its processes (PSS)";
  }

  @Override
  public void run(BenchContext context) throws Exception {
    for (int round = 1; round <= (context.isShort() ? 1 : ROUNDS); round++) {
      long began = System.nanoTime();
      try (LocalStack stack =
          LocalStack.start(context.home(), List.of("--demo")).awaitReady(PATIENCE)) {
        context.sample("ready", "s", (System.nanoTime() - began) / 1e9);
        Thread.sleep((context.isShort() ? SHORT_DEMO : DEMO).toMillis());
        context.sample(
            "memory",
            "MiB",
            stack.processes().mapToLong(StackBenchmark::kibibytes).sum() / KIB_PER_MIB);
      }
    }
  }

  /** Pages that several processes share count in parts; together the parts make each page one. */
  private static long kibibytes(ProcessHandle process) {
    Path smaps = Path.of("/proc", String.valueOf(process.pid()), "smaps_rollup");
    try (Stream<String> lines = Files.lines(smaps)) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      // Gone since it was listed.
      return 0;
    }
  }
}
