package dev.waymark.benchmarks;

/** Something that {@code ./waymark bench} measures. */
public interface Benchmark {
  /** What it is called on the command line. */
  String name();

  /** What it measures, in one line. */
  String about();

  /**
   * Measures and adds samples to the context's figures. Throws where a measurement means nothing,
   * for instance because two ways of doing the same work come to different results.
   */
  void run(BenchContext context) throws Exception;
}
