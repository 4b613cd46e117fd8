package dev.waymark.schemas.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Event time is a count of µs since the epoch, UTC; these are its other forms. */
public final class Times {
  private Times() {}

  /** RFC 3339, UTC, with as many digits of the second as are needed. */
  public static String format(long micros) {
    return instant(micros).toString();
  }

  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  public static long micros(Instant instant) {
    // Not ChronoUnit.between, which counts in ns and overflows 292 years from the epoch.
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }

  /** The ms that holds this µs; Flink's timestamps and watermarks are in ms. */
  public static long toMillis(long micros) {
    return Math.floorDiv(micros, 1_000);
  }
}
