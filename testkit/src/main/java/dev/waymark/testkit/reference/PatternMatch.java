package dev.waymark.testkit.reference;

import java.util.Comparator;
import java.util.List;

/**
 * A way to read a pattern into a case.
 *
 * @param positions of the events taken, in order
 * @param completedBy position of the event with which it was complete; {@link #BY_TIME} where that
 *     was the passing of time
 * @param moment when it was complete
 */
record PatternMatch(List<Integer> positions, int completedBy, long moment)
    implements Comparable<PatternMatch> {
  static final int BY_TIME = Integer.MAX_VALUE;

  private static final Comparator<PatternMatch> ORDER =
      Comparator.comparingLong(PatternMatch::moment)
          .thenComparingInt(PatternMatch::completedBy)
          .thenComparing(PatternMatch::positions, PatternMatch::compareLexicographically);

  /** Complete first is first; of those complete together the one with the earlier events. */
  @Override
  public int compareTo(PatternMatch other) {
    return ORDER.compare(this, other);
  }

  private static int compareLexicographically(List<Integer> left, List<Integer> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int byPosition = left.get(i).compareTo(right.get(i));
      if (byPosition != 0) {
        return byPosition;
      }
    }
    return Integer.compare(left.size(), right.size());
  }
}
