package dev.waymark.testkit.reference;

import dev.waymark.schemas.rule.Within;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The orderings between the x of a case and their partners y. A rule's x is its a and its y its b;
 * the second half of the successions swaps them.
 *
 * @param fits whether a y (second) is one for this x (first)
 */
record Relation(
    Case in,
    Predicate<Occurrence> x,
    Predicate<Occurrence> y,
    BiPredicate<Occurrence, Occurrence> fits,
    @Nullable Within within) {

  /** Every x is followed by a y later. */
  List<Break> response() {
    return ofEachX(i -> after(i).anyMatch(j -> isPartner(i, j)) ? null : atDeadline(i));
  }

  /** Every x is preceded by a y earlier. */
  List<Break> precedence() {
    return ofEachX(i -> before(i).anyMatch(j -> isPartner(i, j)) ? null : Break.at(time(i), at(i)));
  }

  /** Every x is followed by a y, and no other x comes before the first such y. */
  List<Break> alternateResponse() {
    return ofEachX(
        i -> {
          int y = after(i).filter(j -> isPartner(i, j)).findFirst().orElse(in.size());
          int otherX = after(i).filter(j -> x.test(at(j))).findFirst().orElse(in.size());
          if (otherX < y) {
            return Break.at(time(otherX), at(i), at(otherX));
          }
          return y == in.size() ? Break.at(in.end(), at(i)) : null;
        });
  }

  /** Every x is preceded by a y, and no other x lies between. */
  List<Break> alternatePrecedence() {
    return ofEachX(
        i -> {
          int y = before(i).filter(j -> isPartner(i, j)).max().orElse(-1);
          int otherX = before(i).filter(j -> x.test(at(j))).max().orElse(-1);
          if (y < 0) {
            return Break.at(time(i), at(i));
          }
          return otherX > y ? Break.at(time(i), at(i), at(otherX)) : null;
        });
  }

  /** Every x is directly followed by a y. */
  List<Break> chainResponse() {
    return ofEachX(
        i -> {
          if (i + 1 == in.size()) {
            return atDeadline(i);
          }
          if (isPartner(i, i + 1)) {
            return null;
          }
          // Once the deadline has passed, the successor decides nothing.
          return time(i + 1) <= deadline(i)
              ? Break.at(time(i + 1), at(i), at(i + 1))
              : atDeadline(i);
        });
  }

  /** Every x is directly preceded by a y. */
  List<Break> chainPrecedence() {
    return ofEachX(
        i -> {
          if (i == 0) {
            return Break.at(time(i), at(i));
          }
          return isPartner(i, i - 1) ? null : Break.at(time(i), at(i), at(i - 1));
        });
  }

  /** No x is followed by a y later. */
  List<Break> notSuccession() {
    return ofEachX(
        i -> {
          int y = after(i).filter(j -> isPartner(i, j)).findFirst().orElse(-1);
          return y < 0 ? null : Break.at(time(y), at(i), at(y));
        });
  }

  /** No x is directly followed by a y. */
  List<Break> notChainSuccession() {
    return ofEachX(
        i ->
            i + 1 < in.size() && isPartner(i, i + 1)
                ? Break.at(time(i + 1), at(i), at(i + 1))
                : null);
  }

  private List<Break> ofEachX(IntFunction<@Nullable Break> judgeX) {
    List<Break> breaks = new ArrayList<>();
    for (int i = 0; i < in.size(); i++) {
      Break found = x.test(at(i)) ? judgeX.apply(i) : null;
      if (found != null) {
        breaks.add(found);
      }
    }
    return breaks;
  }

  private IntStream after(int i) {
    return IntStream.range(i + 1, in.size());
  }

  private IntStream before(int i) {
    return IntStream.range(0, i);
  }

  private boolean isPartner(int i, int j) {
    return y.test(at(j)) && fits.test(at(i), at(j)) && isWithin(Math.abs(time(j) - time(i)));
  }

  private boolean isWithin(long gap) {
    return within == null || (gap >= within.minMicros() && gap <= within.maxMicros());
  }

  private long deadline(int i) {
    return within == null ? Long.MAX_VALUE : time(i) + within.maxMicros();
  }

  private Break atDeadline(int i) {
    return Break.at(in.orEnd(deadline(i)), at(i));
  }

  private Occurrence at(int position) {
    return in.at(position);
  }

  private long time(int position) {
    return in.at(position).time();
  }
}
