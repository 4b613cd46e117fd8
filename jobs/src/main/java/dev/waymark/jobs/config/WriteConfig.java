package dev.waymark.jobs.config;

import java.io.Serializable;

/**
 * How rows go to the database.
 *
 * @param batchRows most rows a batch, which is one transaction
 * @param flushMs longest that a row waits for its batch to fill, ms
 * @param retries how often a batch is tried again on the spot before the job restarts
 */
public record WriteConfig(int batchRows, long flushMs, int retries) implements Serializable {
  static final Setting<Integer> BATCH_ROWS =
      Setting.integer("write.batch-rows", 1, 1_000, "Most rows a batch.");
  static final Setting<Long> FLUSH_MS =
      Setting.number("write.flush-ms", 1, 500, "Longest that a row waits for its batch, ms.");
  static final Setting<Integer> RETRIES =
      Setting.integer(
          "write.retries", 0, 3, "Tries on the spot while the database is away; then a restart.");

  public static WriteConfig from(Settings settings) {
    return new WriteConfig(settings.get(BATCH_ROWS), settings.get(FLUSH_MS), settings.get(RETRIES));
  }
}
