package dev.waymark.schemas.rule;

/**
 * When the cases of a rule end, in µs of event time.
 *
 * @param timeoutMicros silence after which a case ends; {@link #NEVER} = silence ends none
 * @param graceMicros how long after the first agent's final output the case still takes events
 * @param settleMicros how much longer than the watermark judging waits
 */
public record CaseConfig(long timeoutMicros, long graceMicros, long settleMicros) {
  /** A timeout that never comes. */
  public static final long NEVER = Long.MAX_VALUE;

  /** 30 minutes, 10 seconds, none. */
  public static final CaseConfig DEFAULT = new CaseConfig(1_800_000_000L, 10_000_000L, 0);

  public boolean timesOut() {
    return timeoutMicros != NEVER;
  }
}
