package dev.waymark.api.store;

import java.time.Duration;
import java.time.Instant;

/** Width of the windows that metrics are kept in; all begin at the epoch, UTC. */
public enum Granularity {
  MINUTE("1m", Duration.ofMinutes(1)),
  HOUR("1h", Duration.ofHours(1)),
  DAY("1d", Duration.ofDays(1));

  private final String code;
  private final long seconds;

  Granularity(String code, Duration width) {
    this.code = code;
    this.seconds = width.toSeconds();
  }

  /** As in the API: 1m, 1h, 1d. */
  public String code() {
    return code;
  }

  long seconds() {
    return seconds;
  }

  /** The next finer one; the finest is its own. */
  Granularity finer() {
    return this == DAY ? HOUR : MINUTE;
  }

  /** The last beginning of a window that is not after the instant. */
  Instant floor(Instant instant) {
    return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), seconds) * seconds);
  }

  /** The first beginning of a window that is not before the instant. */
  Instant ceil(Instant instant) {
    Instant floor = floor(instant);
    return floor.equals(instant) ? floor : floor.plusSeconds(seconds);
  }
}
