package dev.waymark.benchmarks.pipeline;

import dev.waymark.benchmarks.BenchContext;
import dev.waymark.benchmarks.Benchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * From nothing but the repository and Maven's own store of libraries to the demo's first violation
 * over HTTP: a fresh clone of what is checked out, the build, the start, the first verdict.
 */
public final class ColdBenchmark implements Benchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Duration POLL = Duration.ofMillis(200);

  @Override
  public String name() {
    return "cold";
  }

  @Override
  public String about() {
    return "seconds from git clone to the demo's first violation over HTTP; libraries are there";
  }

  @Override
  public void run(BenchContext context) throws Exception {
    Path clone = Files.createTempDirectory("waymark-clone");
    long began = System.nanoTime();
    try {
      clone(context.home(), clone);
      try (LocalStack stack = LocalStack.start(clone, List.of("--demo")).awaitReady(PATIENCE)) {
        context.sample("ready", "s", secondsSince(began));
        StackApi api = new StackApi(stack);
        while (api.each("violations?limit=1", "run_id").isEmpty()) {
          Thread.sleep(POLL.toMillis());
        }
        context.sample("first-violation", "s", secondsSince(began));
      }
    } finally {
      LocalStack.delete(clone);
    }
  }

  private static void clone(Path from, Path to) throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "clone", "--quiet", from.toString(), to.toString())
            .inheritIO()
            .start();
    if (git.waitFor() != 0) {
      throw new IOException(from + " is no git repository that could be cloned");
    }
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
