package dev.waymark.checks.text;

/**
 * Which characters a text has, taken in one pass: what tells most detectors that they need not look
 * at it. May claim more than there is, never less.
 */
public final class Characters {
  /** Claims every character: no detector is spared the text. */
  static final Characters ANY = new Characters(-1, -1, true, Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** Letters in the midst of a passport number, blanks and brackets in that of a phone number. */
  private static final int MAX_GAP = 3;

  private final long low;
  private final long high;
  private final boolean hasOthers;
  private final int digits;
  private final int digitsTogether;

  private Characters(long low, long high, boolean hasOthers, int digits, int digitsTogether) {
    this.low = low;
    this.high = high;
    this.hasOthers = hasOthers;
    this.digits = digits;
    this.digitsTogether = digitsTogether;
  }

  static Characters of(String text) {
    long low = 0;
    long high = 0;
    int others = 0;
    int digits = 0;
    int together = 0;
    int most = 0;
    int last = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 64) {
        low |= 1L << c;
        if (Chars.isDigit(c)) {
          together = i - last <= MAX_GAP + 1 ? together + 1 : 1;
          most = Math.max(most, together);
          last = i;
          digits++;
        }
      } else if (c < 128) {
        high |= 1L << c;
      } else {
        others++;
      }
    }
    return new Characters(low, high, others > 0, digits, most);
  }

  /** Whether an ASCII character is among them. */
  public boolean has(char c) {
    return ((c < 64 ? low : high) >>> c & 1) != 0;
  }

  /** Whether any is outside ASCII. */
  public boolean hasOthers() {
    return hasOthers;
  }

  /** How many are ASCII digits. */
  public int digits() {
    return digits;
  }

  /** Most ASCII digits of which no two neighbours are more than three characters apart. */
  public int digitsTogether() {
    return digitsTogether;
  }
}
