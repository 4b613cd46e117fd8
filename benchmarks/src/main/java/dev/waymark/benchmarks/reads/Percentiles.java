package dev.waymark.benchmarks.reads;

import dev.waymark.benchmarks.BenchContext;
import java.util.Arrays;

/** Times of many repetitions of one thing. */
final class Percentiles {
  private static final double NANOS_PER_MS = 1e6;
  private static final double P50 = 0.5;
  private static final double P99 = 0.99;

  private final long[] sorted;

  private Percentiles(long[] sorted) {
    this.sorted = sorted;
  }

  static Percentiles of(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Percentiles(sorted);
  }

  double p99() {
    return ms(P99);
  }

  void sample(BenchContext context, String figure) {
    context.sample(figure + ".p50", "ms", ms(P50));
    context.sample(figure + ".p99", "ms", p99());
  }

  private double ms(double quantile) {
    return sorted.length == 0 ? 0 : sorted[(int) (quantile * (sorted.length - 1))] / NANOS_PER_MS;
  }
}
