package dev.waymark.jobs.backtest;

import dev.waymark.jobs.config.Setting;
import dev.waymark.jobs.config.Settings;
import dev.waymark.jobs.validation.ValidationConfig;

/**
 * What the backtest job can be told.
 *
 * @param validation the engine as the validation job has it, and the database
 * @param id of the row in {@code trail_jobs} that says what to do
 * @param maxViolations listed a rule, the earliest; beyond they are only counted
 */
public record BacktestConfig(ValidationConfig validation, String id, int maxViolations) {
  /** The row to work on; every job over the stored trail is told so. */
  public static final Setting<String> ID =
      Setting.text("trail-job.id", "", "What to do, a row of trail_jobs; the API gives it.");

  static final Setting<Integer> MAX_VIOLATIONS =
      Setting.integer(
          "backtest.max-violations",
          0,
          1_000,
          "Violations of a rule that a backtest lists; more are counted.");

  public static BacktestConfig from(Settings settings) {
    return new BacktestConfig(
        ValidationConfig.ofStored(settings), settings.get(ID), settings.get(MAX_VIOLATIONS));
  }
}
