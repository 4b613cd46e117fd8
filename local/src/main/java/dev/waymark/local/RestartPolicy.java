package dev.waymark.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How often and after which pause a part that dies is started again: soon at first, each time twice
 * as late, and no more once it has died too often in a row. A part that has lived long enough
 * begins anew.
 */
final class RestartPolicy {
  private static final Duration FIRST_DELAY = Duration.ofMillis(500);
  private static final Duration MAX_DELAY = Duration.ofSeconds(30);
  private static final Duration LONG_LIFE = Duration.ofMinutes(5);
  private static final int MAX_IN_A_ROW = 6;

  private final Clock clock;
  private final Duration firstDelay;
  private final Map<String, Row> rows = new HashMap<>();

  private record Row(int attempts, Instant last) {}

  /**
   * @param again whether to start it again
   * @param attempts deaths in a row, this one included
   */
  record Verdict(boolean again, int attempts, Duration delay) {}

  RestartPolicy(Clock clock) {
    this(clock, FIRST_DELAY);
  }

  RestartPolicy(Clock clock, Duration firstDelay) {
    this.clock = clock;
    this.firstDelay = firstDelay;
  }

  /** The answer to one more death, or one more start that failed. */
  synchronized Verdict next(String service) {
    Instant now = clock.instant();
    Row row = rows.get(service);
    boolean inARow = row != null && row.last().plus(LONG_LIFE).isAfter(now);
    int attempts = inARow && row != null ? row.attempts() + 1 : 1;
    Duration delay = firstDelay.multipliedBy(1L << (attempts - 1));
    Duration bounded = delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay;
    rows.put(service, new Row(attempts, now.plus(bounded)));
    return new Verdict(attempts <= MAX_IN_A_ROW, attempts, bounded);
  }
}
