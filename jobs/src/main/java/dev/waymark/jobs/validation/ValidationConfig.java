package dev.waymark.jobs.validation;

import dev.waymark.jobs.config.ChecksConfig;
import dev.waymark.jobs.config.JobConfig;
import dev.waymark.jobs.config.Setting;
import dev.waymark.jobs.config.Settings;
import dev.waymark.jobs.engine.EngineConfig;
import dev.waymark.jobs.engine.EngineLimits;
import dev.waymark.jobs.engine.Matching;

/** The validation job's configuration. */
public record ValidationConfig(
    JobConfig job, EngineConfig engine, SummaryConfig summary, ChecksConfig checks) {
  static final Setting<Matching> MATCHER =
      Setting.choice(
          "engine.matcher",
          Matching.class,
          Matching.AUTO,
          "What judges templates that have a form for flink-cep: auto (a judge of their own) or cep. State is read by"
              + " the matcher that wrote it.");
  static final Setting<Integer> MAX_PARTIAL_MATCHES =
      Setting.integer(
          "engine.max-partial-matches",
          1,
          EngineLimits.DEFAULT.maxPartialMatches(),
          "Partial matches a case and rule; what goes beyond is reported and not judged.");
  static final Setting<Integer> MAX_OPEN_CASES =
      Setting.integer(
          "engine.max-open-cases",
          1,
          EngineLimits.DEFAULT.maxOpenCases(),
          "Open cases an instance; what goes beyond is reported and not judged.");
  static final Setting<Integer> MAX_WAITING_EVENTS =
      Setting.integer(
          "engine.max-waiting-events",
          1,
          EngineLimits.DEFAULT.maxWaitingEvents(),
          "Events an instance that wait in memory for the watermark; more wait in state.");
  static final Setting<Integer> MAX_WAITING_EVENTS_A_CASE =
      Setting.integer(
          "engine.max-waiting-events-a-case",
          1,
          EngineLimits.DEFAULT.maxWaitingEventsACase(),
          "Events of a case's key that wait for the watermark; what goes beyond is reported and not judged.");

  /** Of the job that judges the log. */
  public static ValidationConfig from(Settings settings) {
    return from(settings, ChecksConfig.from(settings));
  }

  /** Of those that judge events of the trail again: these were checked before they were stored. */
  public static ValidationConfig ofStored(Settings settings) {
    ChecksConfig.allow(settings);
    return from(settings, ChecksConfig.OFF);
  }

  private static ValidationConfig from(Settings settings, ChecksConfig checks) {
    JobConfig job = JobConfig.from(settings);
    settings.allow("prices.file");
    EngineLimits limits =
        new EngineLimits(
            settings.get(MAX_PARTIAL_MATCHES),
            settings.get(MAX_OPEN_CASES),
            settings.get(MAX_WAITING_EVENTS),
            settings.get(MAX_WAITING_EVENTS_A_CASE));
    return new ValidationConfig(
        job,
        new EngineConfig(
            limits, settings.get(MATCHER), job.cache(), job.time().horizonMs() * 1_000, null),
        SummaryConfig.from(settings),
        checks);
  }
}
