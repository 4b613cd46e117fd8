package dev.waymark.checks;

import java.util.Locale;

/** How often a detector was right: precision of what it found, recall of what there was. */
final class Score {
  private int found;
  private int right;
  private int there;
  private int seen;

  /** Counts what was found and how much of it is right. */
  void found(int all, int rightOnes) {
    found += all;
    right += rightOnes;
  }

  /** Counts what there is and how much of it was seen. */
  void there(int all, int seenOnes) {
    there += all;
    seen += seenOnes;
  }

  String precision() {
    return share(right, found);
  }

  String recall() {
    return share(seen, there);
  }

  int all() {
    return there;
  }

  private static String share(int part, int whole) {
    return whole == 0
        ? "-"
        : String.format(Locale.ROOT, "%.2f (%d of %d)", (double) part / whole, part, whole);
  }
}
