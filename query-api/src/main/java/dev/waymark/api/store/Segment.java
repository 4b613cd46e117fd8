package dev.waymark.api.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a range that is read from windows of one width.
 *
 * @param from beginning of a window
 * @param to beginning of a window, exclusive, after {@code from}
 */
record Segment(Granularity granularity, Instant from, Instant to) {
  /**
   * Covers a range with the fewest windows: days in the middle, hours and minutes at its ragged
   * edges; at most five parts, in order. {@code from} and {@code to} must be whole minutes.
   */
  static List<Segment> cover(Instant from, Instant to) {
    List<Segment> segments = new ArrayList<>();
    cover(Granularity.DAY, from, to, segments);
    return segments;
  }

  private static void cover(Granularity widest, Instant from, Instant to, List<Segment> segments) {
    if (!from.isBefore(to)) {
      return;
    }
    if (widest == Granularity.MINUTE) {
      segments.add(new Segment(widest, from, to));
      return;
    }
    Granularity finer = widest.finer();
    Instant first = widest.ceil(from);
    Instant last = widest.floor(to);
    if (first.isBefore(last)) {
      cover(finer, from, first, segments);
      segments.add(new Segment(widest, first, last));
      cover(finer, last, to, segments);
    } else {
      cover(finer, from, to, segments);
    }
  }
}
