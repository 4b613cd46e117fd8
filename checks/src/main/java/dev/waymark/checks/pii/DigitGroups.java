package dev.waymark.checks.pii;

import dev.waymark.checks.text.Chars;
import java.util.function.Consumer;

/** Runs of digits in which single separators may stand: card, social security, phone numbers. */
record DigitGroups(int start, int end, String digits, boolean hasSeparators) {
  private static final int MAX_DIGITS = 40;

  /**
   * Every maximal run, in order.
   *
   * @param separators characters of which one may stand between two digits
   */
  static void forEach(String text, String separators, Consumer<DigitGroups> found) {
    int at = 0;
    while (at < text.length()) {
      if (Chars.isDigit(text.charAt(at))) {
        DigitGroups run = runAt(text, at, separators);
        found.accept(run);
        at = run.end;
      } else {
        at++;
      }
    }
  }

  private static DigitGroups runAt(String text, int start, String separators) {
    StringBuilder digits = new StringBuilder(20);
    int at = start;
    int end = start;
    boolean separated = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Chars.isDigit(c)) {
        if (digits.length() < MAX_DIGITS) {
          digits.append(c);
        }
        end = ++at;
      } else if (separators.indexOf(c) >= 0 && Chars.isDigitAt(text, at + 1)) {
        separated = true;
        at++;
      } else {
        break;
      }
    }
    return new DigitGroups(start, end, digits.toString(), separated);
  }

  /** Whether it stands by itself: no letter, digit or point of a longer number touches it. */
  boolean isAlone(String text) {
    boolean before =
        Chars.isAlphanumericAt(text, start - 1)
            || (Chars.isAt(text, start - 1, '.') && Chars.isDigitAt(text, start - 2));
    boolean after =
        Chars.isAlphanumericAt(text, end)
            || (Chars.isAt(text, end, '.') && Chars.isDigitAt(text, end + 1));
    return !before && !after;
  }
}
