package dev.waymark.checks.pii;

import dev.waymark.checks.text.Detector;
import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Span;
import java.util.function.Consumer;

/**
 * United States social security numbers: three, two and four digits, as the administration gives
 * them out (no area 000, 666 or 9xx, no group 00, no serial 0000); without hyphens only beside
 * words that say so.
 */
final class SocialSecurityNumbers implements Detector {
  private static final int DIGITS = 9;
  private static final Context NUMBER = Context.of("ssn", "social", "security");

  @Override
  public void find(Passage passage, Consumer<Span> found) {
    if (passage.characters().digitsTogether() < DIGITS) {
      return;
    }
    String text = passage.text();
    DigitGroups.forEach(
        text,
        " -",
        run -> {
          if (run.digits().length() == DIGITS
              && run.isAlone(text)
              && isGivenOut(run.digits())
              && isMeant(run, passage)) {
            found.accept(new Span(PiiKind.US_SSN.code(), run.start(), run.end()));
          }
        });
  }

  private static boolean isGivenOut(String digits) {
    String area = digits.substring(0, 3);
    return !area.equals("000")
        && !area.equals("666")
        && area.charAt(0) != '9'
        && !digits.startsWith("00", 3)
        && !digits.endsWith("0000");
  }

  private static boolean isMeant(DigitGroups run, Passage passage) {
    String written = passage.text().substring(run.start(), run.end());
    boolean hyphens =
        written.length() == 11 && written.charAt(3) == '-' && written.charAt(6) == '-';
    boolean grouped =
        written.length() == 11 && written.charAt(3) == ' ' && written.charAt(6) == ' ';
    return hyphens
        || ((grouped || !run.hasSeparators()) && NUMBER.isNear(passage, run.start(), run.end()));
  }
}
