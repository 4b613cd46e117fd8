package dev.waymark.jobs.config;

import java.io.Serializable;

/**
 * How event time behaves. All in ms of event time.
 *
 * @param mode what moves time
 * @param outOfOrdernessMs how much later than a younger event an event may come and be in time
 * @param clockSkewMs how far an event may be ahead of its Kafka timestamp before it is held for the
 *     product of a wrong clock
 * @param horizonMs how long after a run's last event its events are known, so that repeats are told
 * @param alignmentMs how far one partition may run ahead of the slowest while catching up, 1,440
 *     times as far in log time; 0: any
 */
public record TimeConfig(
    TimeMode mode, long outOfOrdernessMs, long clockSkewMs, long horizonMs, long alignmentMs)
    implements Serializable {
  static final Setting<TimeMode> MODE =
      Setting.choice(
          "time", TimeMode.class, TimeMode.LIVE, "What moves time: live (heartbeats too) or log.");
  static final Setting<Long> OUT_OF_ORDERNESS_MS =
      Setting.number(
          "time.out-of-orderness-ms", 0, 5_000, "Disorder that is no lateness, ms of event time.");
  static final Setting<Long> CLOCK_SKEW_MS =
      Setting.number(
          "time.clock-skew-ms",
          0,
          300_000,
          "An event further ahead of its Kafka timestamp moves no time, ms.");
  static final Setting<Long> HORIZON_MS =
      Setting.number(
          "time.horizon-ms",
          1,
          7L * 24 * 60 * 60 * 1_000,
          "How long after a run's last event repeats are told, ms of event time.");
  static final Setting<Long> ALIGNMENT_MS =
      Setting.number(
          "time.alignment-ms",
          0,
          60_000,
          "How far a partition may run ahead of the slowest, ms of event time, 1,440 times as far in log time; 0: any.");

  public static TimeConfig from(Settings settings) {
    return new TimeConfig(
        settings.get(MODE),
        settings.get(OUT_OF_ORDERNESS_MS),
        settings.get(CLOCK_SKEW_MS),
        settings.get(HORIZON_MS),
        settings.get(ALIGNMENT_MS));
  }
}
