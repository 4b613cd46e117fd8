package dev.waymark.jobs.validation;

import dev.waymark.jobs.config.Setting;
import dev.waymark.jobs.config.Settings;
import java.io.Serializable;

/**
 * How many violations of one rule are listed.
 *
 * @param maxPerWindow the first so many of a rule and window pass in full, the rest are counted; 0:
 *     all pass
 * @param windowMs length of the windows, aligned to the epoch
 */
public record SummaryConfig(int maxPerWindow, long windowMs) implements Serializable {
  static final Setting<Integer> MAX_PER_WINDOW =
      Setting.integer(
          "violations.max-per-window",
          0,
          1_000,
          "Violations a rule and window in full, the rest are counted in one summary; 0: all.");
  static final Setting<Long> WINDOW_MS =
      Setting.number("violations.window-ms", 1, 60_000, "Length of that window, ms of event time.");

  /** Every violation passes. */
  public static final SummaryConfig NO_LIMIT = new SummaryConfig(0, 60_000);

  static SummaryConfig from(Settings settings) {
    return new SummaryConfig(settings.get(MAX_PER_WINDOW), settings.get(WINDOW_MS));
  }

  /** Start of the window that a time lies in, ms. */
  long windowOf(long timeMs) {
    return Math.floorDiv(timeMs, windowMs) * windowMs;
  }
}
