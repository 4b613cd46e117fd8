package dev.waymark.checks.pii;

import dev.waymark.checks.text.Chars;
import dev.waymark.checks.text.Detector;
import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Span;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.commons.validator.routines.IBANValidator;
import org.apache.commons.validator.routines.IBANValidator.Validator;
import org.jspecify.annotations.Nullable;

/** IBANs of the length and form of their country whose checksum holds (ISO 13616, mod 97). */
final class Ibans implements Detector {
  private static final int MIN_DIGITS = 2;

  @Override
  public void find(Passage passage, Consumer<Span> found) {
    if (passage.characters().digitsTogether() < MIN_DIGITS) {
      return;
    }
    String text = passage.text();
    int at = 0;
    while (at + 15 <= text.length()) {
      int end = startsLikeIban(text, at) ? ibanEnd(text, at) : -1;
      if (end > 0) {
        found.accept(new Span(PiiKind.IBAN.code(), at, end));
        at = end;
      } else {
        at++;
      }
    }
  }

  private static boolean startsLikeIban(String text, int at) {
    return Chars.isDigit(text.charAt(at + 2))
        && Chars.isDigit(text.charAt(at + 3))
        && isLetter(text.charAt(at))
        && isLetter(text.charAt(at + 1))
        && !Chars.isAlphanumericAt(text, at - 1);
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  /** Behind the IBAN that begins here; -1 where none does. */
  private static int ibanEnd(String text, int start) {
    String country = text.substring(start, start + 2).toUpperCase(Locale.ROOT);
    @Nullable Validator validator = IBANValidator.getInstance().getValidator(country);
    if (validator == null) {
      return -1;
    }
    StringBuilder compact = new StringBuilder(34);
    int at = start;
    while (at < text.length() && compact.length() < validator.getIbanLength()) {
      char c = text.charAt(at);
      if (isLetter(c) || Chars.isDigit(c)) {
        compact.append(c);
      } else if ((c != ' ' && c != '-') || !Chars.isAlphanumericAt(text, at + 1)) {
        break;
      }
      at++;
    }
    boolean holds =
        !Chars.isAlphanumericAt(text, at)
            && IBANValidator.getInstance().isValid(compact.toString().toUpperCase(Locale.ROOT));
    return holds ? at : -1;
  }
}
