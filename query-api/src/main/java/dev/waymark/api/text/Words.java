package dev.waymark.api.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Cuts text into words: longest runs of letters and digits of any script, in lower case and
 * compatibility form (NFKC), so that {@code notify_user} is two words and {@code ＡＢＣ} is {@code
 * abc}. What is longer than {@value #MAX_LENGTH} characters is no word but data, and left out.
 */
public final class Words {
  /** Of a word, in characters. */
  public static final int MAX_LENGTH = 64;

  private Words() {}

  /** A word, and where it stands in the text. */
  interface Found {
    void at(String word, int start, int end);
  }

  /** Every word in order, repeats too. */
  public static void each(String text, Consumer<String> consumer) {
    find(text, (word, start, end) -> consumer.accept(word));
  }

  static void find(String text, Found found) {
    int at = 0;
    while (at < text.length()) {
      int start = at;
      int code = text.codePointAt(at);
      while (at < text.length() && isPart(code)) {
        at += Character.charCount(code);
        code = at < text.length() ? text.codePointAt(at) : 0;
      }
      if (at > start) {
        if (at - start <= MAX_LENGTH) {
          found.at(normal(text.substring(start, at)), start, at);
        }
      } else {
        at += Character.charCount(code);
      }
    }
  }

  private static boolean isPart(int code) {
    return Character.isLetterOrDigit(code) || Character.getType(code) == Character.NON_SPACING_MARK;
  }

  private static String normal(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) > 0x7f) {
        return Normalizer.normalize(word, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
      }
    }
    return word.toLowerCase(Locale.ROOT);
  }
}
