package dev.waymark.checks.pii;

import dev.waymark.checks.text.Detector;
import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Span;
import dev.waymark.checks.text.Tokens;
import dev.waymark.checks.text.WordSet;
import java.util.function.Consumer;

/** Dates beside words that speak of birth; a date by itself is nobody's. */
final class BirthDates implements Detector {
  /** Of {@code 1/2/90}. */
  private static final int MIN_DIGITS = 4;

  private static final Context BIRTH =
      Context.of(
          "birth",
          "born",
          "dob",
          "birthday",
          "birthdate",
          "dateofbirth",
          "geboren",
          "geburtsdatum",
          "nacimiento",
          "naissance");
  private static final WordSet MONTHS =
      WordSet.of(
          "jan",
          "feb",
          "mar",
          "apr",
          "may",
          "jun",
          "jul",
          "aug",
          "sep",
          "sept",
          "oct",
          "nov",
          "dec",
          "january",
          "february",
          "march",
          "april",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  @Override
  public void find(Passage passage, Consumer<Span> found) {
    if (passage.characters().digits() < MIN_DIGITS) {
      return;
    }
    Tokens tokens = passage.tokens();
    int i = 0;
    while (i < tokens.count()) {
      int last = lastOfDate(tokens, i);
      if (last > i && BIRTH.isNear(passage, tokens.start(i), tokens.end(last))) {
        found.accept(new Span(PiiKind.DATE_OF_BIRTH.code(), tokens.start(i), tokens.end(last)));
      }
      i = Math.max(i, last) + 1;
    }
  }

  /** The last token of a date that begins here; -1 where none does. */
  private static int lastOfDate(Tokens tokens, int i) {
    if (tokens.isNumber(i) && tokens.length(i) <= 4 && isSeparator(tokens, i + 1)) {
      return lastOfNumeric(tokens, i);
    }
    if (isDay(tokens, i)) {
      int month = tokens.is(i + 1, "of") ? i + 2 : i + 1;
      return MONTHS.contains(tokens, month) ? yearAfter(tokens, month) : -1;
    }
    if (MONTHS.contains(tokens, i)) {
      int day = tokens.isSymbol(i + 1, '.') ? i + 2 : i + 1;
      return isDay(tokens, day) ? yearAfter(tokens, day) : -1;
    }
    return -1;
  }

  private static boolean isSeparator(Tokens tokens, int i) {
    return tokens.isSymbol(i, '/') || tokens.isSymbol(i, '-') || tokens.isSymbol(i, '.');
  }

  private static int lastOfNumeric(Tokens tokens, int i) {
    boolean three = tokens.isNumber(i + 2) && isSeparator(tokens, i + 3) && tokens.isNumber(i + 4);
    if (!three || tokens.length(i + 2) > 2) {
      return -1;
    }
    boolean yearFirst = tokens.length(i) == 4 && tokens.length(i + 4) <= 2;
    boolean yearLast =
        tokens.length(i) <= 2 && (tokens.length(i + 4) == 4 || tokens.length(i + 4) == 2);
    return yearFirst || yearLast ? i + 4 : -1;
  }

  private static boolean isDay(Tokens tokens, int i) {
    return (tokens.isNumber(i) && tokens.length(i) <= 2)
        || (tokens.isMixed(i) && tokens.lower(i).matches("[0-3]?[0-9](st|nd|rd|th)"));
  }

  private static int yearAfter(Tokens tokens, int i) {
    int year = tokens.isSymbol(i + 1, ',') || tokens.isSymbol(i + 1, '.') ? i + 2 : i + 1;
    return tokens.isNumber(year) && tokens.length(year) == 4 ? year : -1;
  }
}
