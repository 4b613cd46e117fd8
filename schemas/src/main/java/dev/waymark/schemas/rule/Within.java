package dev.waymark.schemas.rule;

/** A span of event time in µs, both ends included. */
public record Within(long minMicros, long maxMicros) {
  public Within {
    if (minMicros < 0 || maxMicros < minMicros) {
      throw new IllegalArgumentException(
          "within: needs 0 <= min <= max, was " + minMicros + ", " + maxMicros);
    }
  }
}
