package dev.waymark.checks.pii;

import dev.waymark.checks.text.Chars;
import dev.waymark.checks.text.Detector;
import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Span;
import dev.waymark.checks.text.Tokens;
import java.util.function.Consumer;

/**
 * Passport numbers: six to nine letters and digits, most of them digits, soon after the word
 * passport; and the machine-readable lines of a passport (ICAO 9303).
 */
final class Passports implements Detector {
  private static final int REACH = 6;
  private static final int LINE = 44;
  private static final int MIN_DIGITS = 5;
  private static final Context PASSPORT =
      Context.of("passport", "passports", "passportnumber", "passeport", "reisepass", "pasaporte");

  @Override
  public void find(Passage passage, Consumer<Span> found) {
    if (passage.characters().digitsTogether() >= MIN_DIGITS) {
      findNumbers(passage, found);
    }
    if (passage.characters().has('<')) {
      findMachineReadable(passage.text(), found);
    }
  }

  private static void findNumbers(Passage passage, Consumer<Span> found) {
    Tokens tokens = passage.tokens();
    boolean isField = PASSPORT.isIn(passage.field());
    for (int i = 0; i < tokens.count(); i++) {
      if (isNumber(tokens, i) && (isField || isAnnounced(tokens, i))) {
        found.accept(new Span(PiiKind.PASSPORT.code(), tokens.start(i), tokens.end(i)));
      }
      // Where the text says what it speaks of, the field's name adds nothing.
      isField = isField && !PASSPORT.is(tokens, i);
    }
  }

  private static boolean isAnnounced(Tokens tokens, int number) {
    for (int word = number - 1; word >= Math.max(0, number - REACH); word--) {
      if (PASSPORT.is(tokens, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNumber(Tokens tokens, int i) {
    if (!tokens.isNumber(i) && !tokens.isMixed(i)) {
      return false;
    }
    String text = tokens.text(i);
    int digits = Chars.digitsOf(text).length();
    return text.length() >= 6
        && text.length() <= 9
        && digits >= MIN_DIGITS
        && text.length() - digits <= 3;
  }

  private static void findMachineReadable(String text, Consumer<Span> found) {
    for (int at = text.indexOf("<<"); at >= 0; at = text.indexOf("<<", at + 1)) {
      int start = at;
      while (start > 0 && isMachineReadable(text.charAt(start - 1)) && at - start < LINE) {
        start--;
      }
      int end = at;
      while (end < text.length() && isMachineReadable(text.charAt(end)) && end - start < LINE) {
        end++;
      }
      if (end - start == LINE && (text.charAt(start) == 'P' || Chars.isDigitAt(text, end - 1))) {
        found.accept(new Span(PiiKind.PASSPORT.code(), start, end));
        at = end;
      }
    }
  }

  private static boolean isMachineReadable(char c) {
    return (c >= 'A' && c <= 'Z') || Chars.isDigit(c) || c == '<';
  }
}
