package dev.waymark.checks.pii;

import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Tokens;
import dev.waymark.checks.text.WordSet;

/** Words that say what stands beside them, in the text or in the member's name. */
final class Context {
  private static final int REACH_BEFORE = 60;
  private static final int REACH_AFTER = 20;

  private final WordSet words;

  private Context(WordSet words) {
    this.words = words;
  }

  static Context of(String... words) {
    return new Context(WordSet.of(words));
  }

  /** Whether such a word is in the field's name or within 60 characters before or 20 after. */
  boolean isNear(Passage passage, int start, int end) {
    String text = passage.text();
    return isIn(passage.field())
        || isIn(text, Math.max(0, start - REACH_BEFORE), start)
        || isIn(text, end, Math.min(text.length(), end + REACH_AFTER));
  }

  /** Whether such a word is in the field's name or within 60 characters before. */
  boolean isBefore(Passage passage, int start) {
    return isIn(passage.field()) || isIn(passage.text(), Math.max(0, start - REACH_BEFORE), start);
  }

  /** Whether a token is such a word. */
  boolean is(Tokens tokens, int i) {
    return words.contains(tokens, i);
  }

  /** Whether a short text has such a word; {@code cardNumber} and {@code card_number} are two. */
  boolean isIn(String shortText) {
    return isIn(shortText, 0, shortText.length());
  }

  private boolean isIn(String text, int from, int to) {
    int start = from;
    for (int at = from; at <= to; at++) {
      boolean isLetter = at < to && Character.isLetter(text.charAt(at));
      if (!isLetter || beginsWord(text, from, at)) {
        if (at > start && words.contains(text, start, at)) {
          return true;
        }
        start = isLetter ? at : at + 1;
      }
    }
    return false;
  }

  private static boolean beginsWord(String text, int from, int at) {
    return at > from
        && Character.isUpperCase(text.charAt(at))
        && Character.isLowerCase(text.charAt(at - 1));
  }
}
