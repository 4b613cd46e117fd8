package dev.waymark.schemas.rule;

/**
 * Globs of the rule language: {@code *} stands for any run of characters, everything else for
 * itself.
 */
public final class Glob {
  private Glob() {}

  public static boolean isLiteral(String glob) {
    return glob.indexOf('*') < 0;
  }

  /** Whether the whole text matches; linear in the text for each {@code *}, without recursion. */
  public static boolean matches(String glob, String text) {
    int g = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        resume = t;
      } else if (g < glob.length() && glob.charAt(g) == text.charAt(t)) {
        g++;
        t++;
      } else if (star >= 0) {
        g = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }
}
