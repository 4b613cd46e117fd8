package dev.waymark.checks.text;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text cut into runs of letters and digits and single other characters, white space left out; one
 * pass, linear in the text. Positions are in UTF-16 units.
 */
public final class Tokens {
  private static final byte SYMBOL = 0;
  private static final byte NUMBER = 1;
  private static final byte WORD = 2;
  private static final byte MIXED = 3;

  private final String text;
  private int[] starts;
  private int[] ends;
  private byte[] kinds;
  private int[] hashes;
  private @Nullable String @Nullable [] lowered;
  private int count;

  public Tokens(String text) {
    this.text = text;
    int guess = 8 + text.length() / 4;
    this.starts = new int[guess];
    this.ends = new int[guess];
    this.kinds = new byte[guess];
    this.hashes = new int[guess];
    cut();
  }

  private void cut() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isWordPart(c)) {
        at = addRun(at);
      } else if (c < 128) {
        if (!Character.isWhitespace(c)) {
          add(at, at + 1, SYMBOL, 0);
        }
        at++;
      } else {
        at = cutOther(at);
      }
    }
  }

  /** Outside ASCII, where a character may be two units long. */
  private int cutOther(int at) {
    int c = text.codePointAt(at);
    int next = at + Character.charCount(c);
    if (isWordPart(c)) {
      return addRun(at);
    }
    if (!Character.isWhitespace(c) && c != 0xA0) {
      add(at, next, SYMBOL, 0);
    }
    return next;
  }

  private int addRun(int start) {
    int digits = 0;
    int hash = 0;
    int at = start;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c >= 128) {
        return addOtherRun(start);
      }
      if (!isWordPart(c)) {
        break;
      }
      digits += Chars.isDigit(c) ? 1 : 0;
      hash = 31 * hash + Chars.toLowerCase(c);
      at++;
    }
    byte kind = digits == 0 ? WORD : digits == at - start ? NUMBER : MIXED;
    add(start, at, kind, hash);
    return at;
  }

  /** A run that has or is followed by characters outside ASCII. */
  private int addOtherRun(int start) {
    boolean hasDigit = false;
    boolean hasLetter = false;
    int at = start;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (!isWordPart(c)) {
        break;
      }
      boolean digit = c >= '0' && c <= '9';
      hasDigit |= digit;
      hasLetter |= !digit;
      at += Character.charCount(c);
    }
    int hash = text.substring(start, at).toLowerCase(Locale.ROOT).hashCode();
    add(start, at, hasDigit ? (hasLetter ? MIXED : NUMBER) : WORD, hash);
    return at;
  }

  private static boolean isWordPart(int c) {
    if (c < 128) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
    return Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
  }

  private void add(int start, int end, byte kind, int hash) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
      kinds = Arrays.copyOf(kinds, count * 2);
      hashes = Arrays.copyOf(hashes, count * 2);
    }
    starts[count] = start;
    ends[count] = end;
    hashes[count] = hash;
    kinds[count++] = kind;
  }

  public int count() {
    return count;
  }

  public int start(int i) {
    return starts[i];
  }

  public int end(int i) {
    return ends[i];
  }

  public int length(int i) {
    return ends[i] - starts[i];
  }

  public char first(int i) {
    return text.charAt(starts[i]);
  }

  /** Whether it is letters alone. */
  public boolean isWord(int i) {
    return i >= 0 && i < count && kinds[i] == WORD;
  }

  /** Whether it is ASCII digits alone. */
  public boolean isNumber(int i) {
    return i >= 0 && i < count && kinds[i] == NUMBER;
  }

  /** Whether it is letters and digits. */
  public boolean isMixed(int i) {
    return i >= 0 && i < count && kinds[i] == MIXED;
  }

  /** Whether it is this one character, no letter or digit. */
  public boolean isSymbol(int i, char symbol) {
    return i >= 0 && i < count && kinds[i] == SYMBOL && first(i) == symbol;
  }

  public boolean isSymbol(int i) {
    return i >= 0 && i < count && kinds[i] == SYMBOL;
  }

  /** Whether a word begins with a capital letter. */
  public boolean isCapitalised(int i) {
    return isWord(i) && Character.isUpperCase(text.codePointAt(starts[i]));
  }

  /** Whether nothing lies between a token and the next. */
  public boolean touchesNext(int i) {
    return i >= 0 && i + 1 < count && ends[i] == starts[i + 1];
  }

  /** Whether a line ends between a token and the next. */
  public boolean endsLine(int i) {
    if (i + 1 >= count) {
      return true;
    }
    for (int at = ends[i]; at < starts[i + 1]; at++) {
      if (text.charAt(at) == '\n') {
        return true;
      }
    }
    return false;
  }

  /** Hash of a token in lower case, as a text has it; 0 of symbols and outside the text. */
  int hash(int i) {
    return i >= 0 && i < count ? hashes[i] : 0;
  }

  /** Whether a token is this word, which is given in lower case. */
  public boolean is(int i, String word) {
    return hash(i) == word.hashCode() && lower(i).equals(word);
  }

  /** The token in lower case; empty outside the text. */
  public String lower(int i) {
    if (i < 0 || i >= count) {
      return "";
    }
    if (lowered == null) {
      lowered = new String[count];
    }
    String known = lowered[i];
    if (known == null) {
      known = text(i).toLowerCase(Locale.ROOT);
      lowered[i] = known;
    }
    return known;
  }

  public String text(int i) {
    return text.substring(starts[i], ends[i]);
  }
}
