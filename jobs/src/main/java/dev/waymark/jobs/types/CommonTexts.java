package dev.waymark.jobs.types;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Short texts that come again and again, such as agents and actions: the same String each time,
 * hashed already, instead of a new one. Holds the last text of each slot. Safe for concurrent use:
 * a slot that two threads write holds either's String, and what it holds is compared before use.
 */
final class CommonTexts {
  private static final int MAX_BYTES = 64;
  private static final int SLOTS = 1 << 13;
  private static final @Nullable String[] TEXTS = new String[SLOTS];

  private CommonTexts() {}

  static String of(byte[] utf8) {
    if (utf8.length > MAX_BYTES) {
      return new String(utf8, StandardCharsets.UTF_8);
    }
    int hash = 0;
    for (byte part : utf8) {
      hash = 31 * hash + part;
    }
    int slot = (hash ^ (hash >>> 13)) & (SLOTS - 1);
    String known = TEXTS[slot];
    if (known != null && isSame(known, utf8)) {
      return known;
    }
    String text = new String(utf8, StandardCharsets.UTF_8);
    TEXTS[slot] = text;
    return text;
  }

  /** Only ASCII is compared; other text is made anew. */
  private static boolean isSame(String text, byte[] utf8) {
    if (text.length() != utf8.length) {
      return false;
    }
    for (int i = 0; i < utf8.length; i++) {
      if (utf8[i] < 0 || text.charAt(i) != utf8[i]) {
        return false;
      }
    }
    return true;
  }
}
