package dev.waymark.checks.pii;

import dev.waymark.checks.text.Detector;
import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Span;
import java.util.function.Consumer;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

/**
 * Payment card numbers: 12 to 19 digits by themselves, in groups or not, with a Luhn check digit
 * and the leading digits and length of a card network (ISO/IEC 7812). Maestro's wide ranges only
 * beside a word that speaks of cards, as one in ten numbers passes Luhn.
 */
final class CardNumbers implements Detector {
  private static final int MIN_DIGITS = 12;
  private static final int MAX_DIGITS = 19;
  private static final Context CARDS =
      Context.of("card", "cards", "credit", "debit", "maestro", "pan", "cc", "visa", "mastercard");

  @Override
  public void find(Passage passage, Consumer<Span> found) {
    if (passage.characters().digitsTogether() < MIN_DIGITS) {
      return;
    }
    String text = passage.text();
    DigitGroups.forEach(
        text,
        " -",
        run -> {
          if (run.isAlone(text) && isCard(run, passage)) {
            found.accept(new Span(PiiKind.CREDIT_CARD.code(), run.start(), run.end()));
          }
        });
  }

  private static boolean isCard(DigitGroups run, Passage passage) {
    String digits = run.digits();
    if (digits.length() < MIN_DIGITS || digits.length() > MAX_DIGITS) {
      return false;
    }
    boolean network = isOfNetwork(digits);
    boolean maestro = !network && isMaestro(digits);
    return (network || maestro)
        && LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(digits)
        && (network || CARDS.isNear(passage, run.start(), run.end()));
  }

  private static boolean isOfNetwork(String digits) {
    int two = Integer.parseInt(digits.substring(0, 2));
    int three = Integer.parseInt(digits.substring(0, 3));
    int four = Integer.parseInt(digits.substring(0, 4));
    int length = digits.length();
    boolean visa = digits.charAt(0) == '4' && (length == 13 || length == 16 || length == 19);
    boolean mastercard =
        length == 16 && ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720));
    boolean amex = length == 15 && (two == 34 || two == 37);
    boolean diners =
        length >= 14 && ((three >= 300 && three <= 305) || two == 36 || two == 38 || two == 39);
    boolean jcb =
        (length >= 16 && four >= 3528 && four <= 3589)
            || (length == 15 && (four == 1800 || four == 2131));
    boolean discover =
        length >= 16 && (four == 6011 || two == 65 || (three >= 644 && three <= 649));
    boolean unionPay = length >= 16 && two == 62;
    return visa || mastercard || amex || diners || jcb || discover || unionPay;
  }

  private static boolean isMaestro(String digits) {
    char first = digits.charAt(0);
    char second = digits.charAt(1);
    return first == '6' || (first == '5' && (second == '0' || second >= '6'));
  }
}
