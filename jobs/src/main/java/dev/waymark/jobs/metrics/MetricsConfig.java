package dev.waymark.jobs.metrics;

import dev.waymark.jobs.config.ChecksConfig;
import dev.waymark.jobs.config.JobConfig;
import dev.waymark.jobs.config.PricesConfig;
import dev.waymark.jobs.config.Setting;
import dev.waymark.jobs.config.Settings;
import java.io.Serializable;

/**
 * What the metrics job can be told.
 *
 * @param sumMs how long events are added up in memory before they go to their windows, ms
 * @param earlyResultMs how often the rows of open windows are written, ms
 * @param maxEarlyRows most rows each time; the others follow, all of them at a checkpoint
 * @param maxCells most keys and windows that are held in memory for either
 */
public record MetricsConfig(
    JobConfig job,
    PricesConfig prices,
    long sumMs,
    long earlyResultMs,
    int maxEarlyRows,
    int maxCells)
    implements Serializable {
  static final Setting<Long> SUM_MS =
      Setting.number(
          "metrics.sum-ms", 1, 1_000, "How long events are added up before they go on, ms.");
  static final Setting<Long> EARLY_RESULT_MS =
      Setting.number(
          "metrics.early-result-ms", 1, 3_000, "How often open windows are written, ms.");
  static final Setting<Integer> MAX_EARLY_ROWS =
      Setting.integer("metrics.max-early-rows", 1, 2_000, "Most rows of open windows each time.");
  static final Setting<Integer> MAX_CELLS =
      Setting.integer(
          "metrics.max-cells", 1, 20_000, "Most windows of all keys that wait to be written.");

  public static MetricsConfig from(Settings settings) {
    ChecksConfig.allow(settings);
    return new MetricsConfig(
        JobConfig.from(settings),
        PricesConfig.from(settings),
        settings.get(SUM_MS),
        settings.get(EARLY_RESULT_MS),
        settings.get(MAX_EARLY_ROWS),
        settings.get(MAX_CELLS));
  }
}
