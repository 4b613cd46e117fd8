package dev.waymark.local;

import java.util.List;

/**
 * One of the programs in the job jar.
 *
 * @param name as Flink shows it; also the Kafka consumer group
 * @param entryClass its main class
 * @param pricesCalls whether it knows what a model call costs, and so wants the price table
 * @param checksEvents whether it can check what came without a door
 */
record FlinkJob(String name, String entryClass, boolean pricesCalls, boolean checksEvents) {
  /** In the order in which they are submitted: the trail first, because it is the proof. */
  static final List<FlinkJob> ALL =
      List.of(
          new FlinkJob("waymark-trail", "dev.waymark.jobs.TrailJob", true, true),
          new FlinkJob("waymark-validation", "dev.waymark.jobs.ValidationJob", false, true),
          new FlinkJob("waymark-metrics", "dev.waymark.jobs.MetricsJob", true, false));
}
