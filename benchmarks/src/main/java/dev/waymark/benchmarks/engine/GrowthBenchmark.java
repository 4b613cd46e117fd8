package dev.waymark.benchmarks.engine;

import dev.waymark.benchmarks.BenchContext;
import dev.waymark.benchmarks.Benchmark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an event costs as the number of rules grows; draws the curve. */
public final class GrowthBenchmark implements Benchmark {
  private static final List<Integer> RULES = List.of(1, 10, 100, 1_000);
  private static final int ROUNDS = 3;
  private static final String PLOT = "benchmarks/growth.svg";

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public String about() {
    return "cost of an event with 1, 10, 100 and 1,000 rules in force; draws " + PLOT;
  }

  @Override
  public void run(BenchContext context) throws Exception {
    Path folder = Files.createTempDirectory("waymark-growth");
    for (int round = 1; round <= (context.isShort() ? 1 : ROUNDS); round++) {
      for (int rules : context.isShort() ? RULES.subList(2, 3) : RULES) {
        Path file = folder.resolve(rules + ".yaml");
        Files.writeString(file, ManyRules.of(rules));
        measure(context, rules, file);
        Files.delete(file);
      }
    }
    Files.delete(folder);
    if (!context.isShort()) {
      List<Double> cpu = new ArrayList<>();
      RULES.forEach(rules -> cpu.add(context.median("growth." + rules)));
      GrowthPlot.write(context.home().resolve(PLOT), RULES, cpu);
    }
  }

  private static void measure(BenchContext context, int rules, Path file) throws Exception {
    Workload workload =
        context.isShort() ? new Workload(20_000, 500) : new Workload(1_000_000, 5_000);
    VariantRun.Result result =
        new VariantRun(Variant.E, 1, workload, 10_000, file).inItsOwnProcess();
    double cpuMicros = result.get(VariantRun.CPU_MICROS);
    context.sample("growth." + rules, "µs/event", cpuMicros);
    context.sample(
        "growth." + rules + ".rate", "events/s", result.get(VariantRun.EVENTS_PER_SECOND));
    context.say(
        "  %,d rules: %.1f µs of CPU an event, %,.0f events/s",
        rules, cpuMicros, result.get(VariantRun.EVENTS_PER_SECOND));
  }
}
