package dev.waymark.jobs.trail;

import dev.waymark.jobs.config.ChecksConfig;
import dev.waymark.jobs.config.JobConfig;
import dev.waymark.jobs.config.PricesConfig;
import dev.waymark.jobs.config.Setting;
import dev.waymark.jobs.config.Settings;
import java.io.Serializable;

/**
 * What the trail job can be told.
 *
 * @param runTimeoutMs silence after which a run is timed out, ms of event time
 * @param runRowsMs how often the rows of growing runs are written, ms
 * @param minRunRows most run rows each time, however few events there were
 * @param eventsPerRunRow one run row more for so many events
 */
public record TrailConfig(
    JobConfig job,
    PricesConfig prices,
    ChecksConfig checks,
    long runTimeoutMs,
    long runRowsMs,
    int minRunRows,
    int eventsPerRunRow)
    implements Serializable {
  static final Setting<Long> RUN_TIMEOUT_MS =
      Setting.number(
          "trail.run-timeout-ms",
          1,
          30L * 60 * 1_000,
          "Silence after which a run is timed out, ms of event time.");
  static final Setting<Long> RUN_ROWS_MS =
      Setting.number("trail.run-rows-ms", 1, 1_000, "How often growing runs are written, ms.");
  static final Setting<Integer> MIN_RUN_ROWS =
      Setting.integer(
          "trail.min-run-rows", 1, 200, "Most run rows each time, however few events there were.");
  static final Setting<Integer> EVENTS_PER_RUN_ROW =
      Setting.integer("trail.events-per-run-row", 1, 20, "One run row more for so many events.");

  public static TrailConfig from(Settings settings) {
    return new TrailConfig(
        JobConfig.from(settings),
        PricesConfig.from(settings),
        ChecksConfig.from(settings),
        settings.get(RUN_TIMEOUT_MS),
        settings.get(RUN_ROWS_MS),
        settings.get(MIN_RUN_ROWS),
        settings.get(EVENTS_PER_RUN_ROW));
  }
}
