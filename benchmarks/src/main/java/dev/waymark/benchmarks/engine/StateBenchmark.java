package dev.waymark.benchmarks.engine;

import dev.waymark.benchmarks.BenchContext;
import dev.waymark.benchmarks.Benchmark;
import java.nio.file.Files;
import java.nio.file.Path;

/** What open runs take in state, and what a checkpoint of a million of them costs. */
public final class StateBenchmark implements Benchmark {
  private static final int OPEN_RUNS = 1_000_000;
  private static final int SHORT_OPEN_RUNS = 10_000;
  private static final int EVENTS_A_RUN = 4;

  @Override
  public String name() {
    return "state";
  }

  @Override
  public String about() {
    return "bytes of state an open run, and checkpoints with 1,000,000 open runs";
  }

  @Override
  public void run(BenchContext context) throws Exception {
    Path rules = BenchRules.file();
    // With so many runs each speaks once in a quarter of an hour, and no case may end by that.
    Files.writeString(rules, Files.readString(rules).replace("timeout: PT5M", "timeout: PT24H"));
    int openRuns = context.isShort() ? SHORT_OPEN_RUNS : OPEN_RUNS;
    // Too few events for a run to end: all that began are open.
    Workload workload = new Workload(openRuns * EVENTS_A_RUN, openRuns);
    int checkpointMs = context.isShort() ? 1_000 : 10_000;
    VariantRun.Result result =
        new VariantRun(Variant.E, 1, workload, checkpointMs, rules).inItsOwnProcess();
    long ended = result.findings().stream().filter(StateBenchmark::isEnd).count();
    if (ended != openRuns) {
      throw new IllegalStateException(ended + " runs were open at the end, not " + openRuns);
    }
    double bytes = result.get(VariantRun.CHECKPOINT_BYTES);
    context.sample("state.open_runs", "runs", openRuns);
    context.sample("state.checkpoint", "MiB", bytes / (1 << 20));
    context.sample("state.run", "bytes", bytes / openRuns);
    context.sample("state.checkpoint.seconds", "s", result.get(VariantRun.CHECKPOINT_MS) / 1_000);
    context.sample("state.rate", "events/s", result.get(VariantRun.EVENTS_PER_SECOND));
  }

  /** A run that is still open when the events end has not answered. */
  private static boolean isEnd(String finding) {
    return finding.startsWith(Finding.ENDS_WITH_AN_ANSWER + " ");
  }
}
