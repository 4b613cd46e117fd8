package dev.waymark.checks.pii;

import dev.waymark.checks.text.Passage;
import java.util.Locale;
import java.util.Set;

/** Words that say what stands beside them, in the text or in the member's name. */
final class Context {
  private static final int REACH_BEFORE = 60;
  private static final int REACH_AFTER = 20;

  private final Set<String> words;

  private Context(Set<String> words) {
    this.words = words;
  }

  static Context of(String... words) {
    return new Context(Set.of(words));
  }

  /** Whether such a word is in the field's name or within 60 characters before or 20 after. */
  boolean isNear(Passage passage, int start, int end) {
    String text = passage.text();
    return isIn(passage.field())
        || isIn(text.substring(Math.max(0, start - REACH_BEFORE), start))
        || isIn(text.substring(end, Math.min(text.length(), end + REACH_AFTER)));
  }

  /** Whether such a word is in the field's name or within 60 characters before. */
  boolean isBefore(Passage passage, int start) {
    return isIn(passage.field())
        || isIn(passage.text().substring(Math.max(0, start - REACH_BEFORE), start));
  }

  /** Whether a short text has such a word; {@code cardNumber} and {@code card_number} are two. */
  boolean isIn(String shortText) {
    int start = 0;
    for (int at = 0; at <= shortText.length(); at++) {
      boolean isLetter = at < shortText.length() && Character.isLetter(shortText.charAt(at));
      if (!isLetter || beginsWord(shortText, at)) {
        if (at > start && words.contains(shortText.substring(start, at).toLowerCase(Locale.ROOT))) {
          return true;
        }
        start = isLetter ? at : at + 1;
      }
    }
    return false;
  }

  private static boolean beginsWord(String text, int at) {
    return at > 0
        && Character.isUpperCase(text.charAt(at))
        && Character.isLowerCase(text.charAt(at - 1));
  }
}
