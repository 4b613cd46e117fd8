package dev.waymark.checks.text;

/** Questions about characters that may lie outside a text. */
public final class Chars {
  private Chars() {}

  public static boolean isDigitAt(String text, int at) {
    return at >= 0 && at < text.length() && isDigit(text.charAt(at));
  }

  public static boolean isAlphanumericAt(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
  }

  public static boolean isAt(String text, int at, char c) {
    return at >= 0 && at < text.length() && text.charAt(at) == c;
  }

  /** ASCII digits only. */
  public static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Of an ASCII letter; every other character as it is. */
  public static char toLowerCase(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }

  /** The digits among a text's characters. */
  public static String digitsOf(CharSequence text) {
    StringBuilder digits = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (isDigit(text.charAt(i))) {
        digits.append(text.charAt(i));
      }
    }
    return digits.toString();
  }
}
