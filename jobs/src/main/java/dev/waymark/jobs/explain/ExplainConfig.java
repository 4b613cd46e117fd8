package dev.waymark.jobs.explain;

import dev.waymark.jobs.backtest.BacktestConfig;
import dev.waymark.jobs.config.Setting;
import dev.waymark.jobs.config.Settings;
import dev.waymark.jobs.validation.ValidationConfig;

/**
 * What the job that explains a run can be told.
 *
 * @param validation the engine as the validation job has it, and the servers
 * @param id of the row in {@code trail_jobs} that says which run
 * @param maxEvents that the run may have: they are judged in memory
 */
public record ExplainConfig(ValidationConfig validation, String id, int maxEvents) {
  static final Setting<Integer> MAX_EVENTS =
      Setting.integer(
          "explain.max-events", 1, 100_000, "Events of the longest run that is explained.");

  public static ExplainConfig from(Settings settings) {
    return new ExplainConfig(
        ValidationConfig.ofStored(settings),
        settings.get(BacktestConfig.ID),
        settings.get(MAX_EVENTS));
  }
}
