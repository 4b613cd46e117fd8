package dev.waymark.benchmarks.engine;

import dev.waymark.benchmarks.BenchContext;
import dev.waymark.benchmarks.Benchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rule engine beside stock flink-cep, hand-written code and a plain loop: the same events, the
 * same rules, the same violations. Variants take turns, so that a slow minute of the machine hits
 * all of them.
 */
public final class EngineBenchmark implements Benchmark {
  private static final int ROUNDS = 3;
  private static final int CHECKPOINT_MS = 10_000;
  private static final int OPEN_RUNS = 5_000;
  private static final int SHORT_OPEN_RUNS = 500;
  private static final int SHORT_CHECKPOINT_MS = 1_000;

  private final Map<Workload, Set<String>> expected = new HashMap<>();

  @Override
  public String name() {
    return "engine";
  }

  @Override
  public String about() {
    return "events/s of the rule engine (E) beside stock CEP (A, B), hand-written code (C, D)";
  }

  @Override
  public void run(BenchContext context) throws Exception {
    Path rules = BenchRules.file();
    for (int round = 1; round <= (context.isShort() ? 1 : ROUNDS); round++) {
      for (int parallelism = 1; parallelism <= (context.isShort() ? 1 : 2); parallelism++) {
        for (Variant variant : Variant.values()) {
          measure(context, round, run(variant, parallelism, context.isShort(), rules));
        }
      }
    }
    for (int parallelism = 1; parallelism <= (context.isShort() ? 1 : 2); parallelism++) {
      for (Variant variant : new Variant[] {Variant.A, Variant.B, Variant.C}) {
        context.sample(
            "E/" + variant + ".p" + parallelism,
            "times",
            context.median("E.p" + parallelism) / context.median(variant + ".p" + parallelism));
      }
    }
  }

  /** As many events as give so many seconds that checkpoints fall inside. */
  private static VariantRun run(Variant variant, int parallelism, boolean isShort, Path rules) {
    int events =
        switch (variant) {
          case A -> 16_000;
          case B -> 400_000;
          case C, D, E -> 3_000_000;
        };
    return new VariantRun(
        variant,
        parallelism,
        isShort
            ? new Workload(variant == Variant.A ? 3_000 : 20_000, SHORT_OPEN_RUNS)
            : new Workload(events, OPEN_RUNS),
        isShort ? SHORT_CHECKPOINT_MS : CHECKPOINT_MS,
        rules);
  }

  private void measure(BenchContext context, int round, VariantRun run)
      throws IOException, InterruptedException {
    VariantRun.Result result = run.inItsOwnProcess();
    String name = run.variant() + ".p" + run.parallelism();
    double eventsPerSecond = result.get(VariantRun.EVENTS_PER_SECOND);
    double checkpoints = result.get(VariantRun.CHECKPOINTS);
    context.say(
        "  round %d  %s  %,.0f events/s, %.1f µs of CPU an event, measured for %.0f s,"
            + " %.0f checkpoints, %d violations  (%s)",
        round,
        name,
        eventsPerSecond,
        result.get(VariantRun.CPU_MICROS),
        result.get(VariantRun.SECONDS),
        checkpoints,
        result.findings().size(),
        run.variant().about);
    requireSameViolations(run, result.findings());
    if (run.variant() != Variant.D && checkpoints == 0 && !context.isShort()) {
      throw new IllegalStateException(name + ": no checkpoint fell into the run");
    }
    context.sample(name, "events/s", eventsPerSecond);
    context.sample(name + ".cpu", "µs/event", result.get(VariantRun.CPU_MICROS));
  }

  /** Against the plain loop over the same events, which takes a moment. */
  private void requireSameViolations(VariantRun run, Set<String> found) {
    Set<String> wanted = expected.get(run.workload());
    if (wanted == null) {
      wanted = PlainLoop.findings(run.workload());
      expected.put(run.workload(), wanted);
    }
    if (!found.equals(wanted)) {
      throw new IllegalStateException(
          run.variant()
              + " found other violations than the plain loop: missing "
              + firstOf(wanted, found)
              + ", too many "
              + firstOf(found, wanted));
    }
  }

  private static String firstOf(Set<String> all, Set<String> without) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(without);
    return rest.size() + " " + rest.stream().limit(5).toList();
  }
}
