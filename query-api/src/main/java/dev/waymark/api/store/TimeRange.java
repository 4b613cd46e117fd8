package dev.waymark.api.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time, UTC.
 *
 * @param from inclusive; null: from the beginning
 * @param to exclusive; null: to the end
 */
public record TimeRange(@Nullable Instant from, @Nullable Instant to) {
  /** All of time. */
  public static final TimeRange ALL = new TimeRange(null, null);

  /** The ends of the other range where this one has ends; open where this one is open. */
  TimeRange endsOf(TimeRange other) {
    return new TimeRange(from == null ? null : other.from, to == null ? null : other.to);
  }
}
