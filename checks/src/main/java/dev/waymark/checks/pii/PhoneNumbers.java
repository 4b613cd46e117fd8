package dev.waymark.checks.pii;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.waymark.checks.text.Chars;
import dev.waymark.checks.text.Detector;
import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Span;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Phone numbers: with a country code those that libphonenumber knows to be valid; without one those
 * beside words that say so, and formatted ones that are valid in one of the given regions.
 *
 * <p>libphonenumber's own search backtracks over the text, so candidates are cut here and only
 * judged there; of a text's many candidates the first 500 are.
 */
final class PhoneNumbers implements Detector {
  private static final int MAX_JUDGED = 500;
  private static final int MIN_DIGITS = 7;
  private static final int MAX_DIGITS = 15;
  private static final int MAX_LENGTH = 26;
  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
  private static final Context PHONE =
      Context.of(
          "phone",
          "phones",
          "telephone",
          "tel",
          "mobile",
          "cell",
          "cellphone",
          "call",
          "calling",
          "called",
          "fax",
          "whatsapp",
          "sms",
          "dial",
          "ring",
          "hotline",
          "answering",
          "office",
          "phonenumber",
          "telefon",
          "telefono",
          "portable",
          "handy",
          "gsm");

  private final Set<String> regions;

  PhoneNumbers(Set<String> regions) {
    this.regions = regions;
  }

  @Override
  public void find(Passage passage, Consumer<Span> found) {
    if (passage.characters().digitsTogether() < MIN_DIGITS) {
      return;
    }
    String text = passage.text();
    int judged = 0;
    int at = 0;
    while (at < text.length()) {
      if (!mayBegin(text, at)) {
        at++;
        continue;
      }
      int end = candidateEnd(text, at);
      String candidate = text.substring(at, end);
      int digits = Chars.digitsOf(candidate).length();
      if (digits >= MIN_DIGITS && digits <= MAX_DIGITS && standsAlone(text, at, end)) {
        judged++;
        if (judged > MAX_JUDGED || isPhone(passage, at, candidate)) {
          found.accept(new Span(PiiKind.PHONE.code(), at, end));
        }
      }
      at = Math.max(end, at + 1);
    }
  }

  private static boolean mayBegin(String text, int at) {
    char c = text.charAt(at);
    return Chars.isDigit(c)
        || ((c == '+' || c == '(')
            && (Chars.isDigitAt(text, at + 1)
                || (Chars.isAt(text, at + 1, '+') && Chars.isDigitAt(text, at + 2))));
  }

  /** Behind the last digit that still belongs together with the first. */
  private static int candidateEnd(String text, int start) {
    int end = start + 1;
    int gap = 0;
    for (int at = start; at < text.length() && at - start < MAX_LENGTH; at++) {
      char c = text.charAt(at);
      if (Chars.isDigit(c)) {
        end = at + 1;
        gap = 0;
      } else if (at > start && (" .-()/\u00A0".indexOf(c) < 0 || ++gap > 2)) {
        break;
      }
    }
    return end;
  }

  private static boolean standsAlone(String text, int start, int end) {
    boolean before =
        Chars.isAlphanumericAt(text, start - 1)
            || (start > 0 && "._-/=#$€£".indexOf(text.charAt(start - 1)) >= 0);
    boolean after =
        Chars.isAlphanumericAt(text, end)
            || (end < text.length() && "_%".indexOf(text.charAt(end)) >= 0)
            || ((Chars.isAt(text, end, '-')
                    || Chars.isAt(text, end, '/')
                    || Chars.isAt(text, end, '.')
                    || Chars.isAt(text, end, ':'))
                && Chars.isDigitAt(text, end + 1));
    return !before && !after;
  }

  private boolean isPhone(Passage passage, int start, String candidate) {
    if (candidate.indexOf('+') >= 0) {
      return isValid(candidate, null);
    }
    if (looksLikeDate(candidate)) {
      return false;
    }
    if (PHONE.isNear(passage, start, start + candidate.length())) {
      return true;
    }
    return isFormatted(candidate)
        && regions.stream().anyMatch(region -> isValid(candidate, region));
  }

  /** At least two groups, the last of at least three digits. */
  private static boolean isFormatted(String candidate) {
    int last = candidate.length();
    while (last > 0 && Chars.isDigit(candidate.charAt(last - 1))) {
      last--;
    }
    return last > 0 && candidate.length() - last >= 3;
  }

  private static boolean looksLikeDate(String candidate) {
    return candidate.length() >= 10
        && "-/.".indexOf(candidate.charAt(4)) >= 0
        && candidate.charAt(4) == candidate.charAt(7)
        && (candidate.startsWith("19") || candidate.startsWith("20"));
  }

  private static boolean isValid(String candidate, @Nullable String region) {
    try {
      PhoneNumber number = NUMBERS.parse(candidate, region);
      return region == null
          ? NUMBERS.isValidNumber(number)
          : NUMBERS.isValidNumberForRegion(number, region);
    } catch (NumberParseException e) {
      return false;
    }
  }
}
