package dev.waymark.jobs.metrics;

import java.time.Duration;

/**
 * A width of windows, aligned to the epoch in UTC.
 *
 * <p>Windows are forgotten in blocks, so that a key needs a timer a block and not one a window.
 */
enum Granularity {
  MINUTE("metrics_1m", Duration.ofMinutes(1), Duration.ofHours(1)),
  HOUR("metrics_1h", Duration.ofHours(1), Duration.ofDays(1)),
  DAY("metrics_1d", Duration.ofDays(1), Duration.ofDays(1));

  private final String table;
  private final long bucketMs;
  private final long blockMs;

  Granularity(String table, Duration bucket, Duration block) {
    this.table = table;
    this.bucketMs = bucket.toMillis();
    this.blockMs = block.toMillis();
  }

  String table() {
    return table;
  }

  long bucketMs() {
    return bucketMs;
  }

  long blockMs() {
    return blockMs;
  }

  /** Start of the window that holds this time. */
  long bucketOf(long timeMs) {
    return Math.floorDiv(timeMs, bucketMs) * bucketMs;
  }

  /** End of the block that holds this time, exclusive. */
  long blockEndOf(long timeMs) {
    return (Math.floorDiv(timeMs, blockMs) + 1) * blockMs;
  }
}
