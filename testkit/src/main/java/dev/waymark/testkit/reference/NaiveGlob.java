package dev.waymark.testkit.reference;

/**
 * {@code *} stands for any run of characters. Our own words for it, so that a fault of the engine's
 * globs shows.
 */
final class NaiveGlob {
  private NaiveGlob() {}

  static boolean matches(String glob, String text) {
    return matches(glob, 0, text, 0);
  }

  private static boolean matches(String glob, int g, String text, int t) {
    if (g == glob.length()) {
      return t == text.length();
    }
    boolean isMore = t < text.length();
    if (glob.charAt(g) == '*') {
      return matches(glob, g + 1, text, t) || (isMore && matches(glob, g, text, t + 1));
    }
    return isMore && glob.charAt(g) == text.charAt(t) && matches(glob, g + 1, text, t + 1);
  }
}
