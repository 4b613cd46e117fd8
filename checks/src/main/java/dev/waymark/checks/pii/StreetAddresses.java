package dev.waymark.checks.pii;

import dev.waymark.checks.text.Detector;
import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Span;
import dev.waymark.checks.text.Tokens;
import dev.waymark.checks.text.WordSet;
import java.util.function.Consumer;

/**
 * Postal addresses by their street: a house number and a name with a word for a street in one of
 * several languages, in either order; a post-office box; a military post office. Flat, place and
 * postal code that follow are taken in.
 */
final class StreetAddresses implements Detector {
  private static final int MAX_NAME_WORDS = 4;
  private static final int MAX_PLACE_TOKENS = 8;

  /** Behind the name. */
  private static final WordSet STREET =
      WordSet.of(
          "street",
          "st",
          "str",
          "avenue",
          "ave",
          "av",
          "road",
          "rd",
          "boulevard",
          "blvd",
          "lane",
          "ln",
          "drive",
          "dr",
          "court",
          "ct",
          "place",
          "pl",
          "way",
          "terrace",
          "ter",
          "circle",
          "cir",
          "highway",
          "hwy",
          "parkway",
          "pkwy",
          "square",
          "sq",
          "trail",
          "trl",
          "alley",
          "crescent",
          "cres",
          "close",
          "grove",
          "mews",
          "row",
          "turnpike",
          "pike",
          "loop",
          "quay",
          "walk",
          "út",
          "utca",
          "tér",
          "gate",
          "vei",
          "väg",
          "vej",
          "allé",
          "straat",
          "strasse",
          "straße",
          "weg",
          "platz",
          "ulica",
          "ulice",
          "cesta",
          "tie",
          "katu");

  /** Before the name. */
  private static final WordSet STREET_FIRST =
      WordSet.of(
          "rue",
          "via",
          "viale",
          "piazza",
          "corso",
          "calle",
          "avenida",
          "avda",
          "plaza",
          "paseo",
          "rua",
          "travessa",
          "largo",
          "ul",
          "al",
          "os",
          "ulica",
          "chemin",
          "allée",
          "impasse",
          "carrera",
          "c",
          "cours",
          "quai",
          "place",
          "avenue",
          "boulevard",
          "strada",
          "ulitsa");

  private static final String[] STREET_ENDINGS = {
    "strasse", "straße", "straat", "gatan", "gata", "vägen", "vegen", "veien", "gade", "vej",
    "laan", "gracht", "plein", "katu", "kuja", "allee", "platz", "gasse", "stræde", "backen",
    "weg", "grand", "gränd", "polku"
  };
  private static final WordSet FLAT =
      WordSet.of("apt", "apartment", "suite", "ste", "unit", "flat", "floor", "room", "fl", "p");
  private static final WordSet MILITARY_OFFICE = WordSet.of("apo", "fpo", "dpo");
  private static final WordSet MILITARY_REGION = WordSet.of("ae", "ap", "aa");
  private static final WordSet MILITARY_BOX = WordSet.of("psc", "cmr");
  private static final WordSet BOX = WordSet.of("p", "po");

  /** Any of them: what is neither that nor has a capital begins no street without a number. */
  private static final WordSet BEGINNINGS =
      WordSet.union(STREET_FIRST, MILITARY_OFFICE, MILITARY_BOX, BOX);

  private static final WordSet NO_NAME =
      WordSet.of(
          "the", "a", "an", "in", "on", "at", "of", "to", "from", "and", "or", "for", "with", "by",
          "per", "down", "up", "is", "are", "was", "this", "that", "my", "your", "his", "her",
          "our", "their", "i", "we", "you", "it", "if", "as", "no", "not", "minutes", "hours",
          "days", "miles", "km", "people", "more", "other", "one", "same", "long", "best", "only");

  @Override
  public void find(Passage passage, Consumer<Span> found) {
    if (passage.characters().digits() == 0) {
      return;
    }
    Tokens tokens = passage.tokens();
    int i = 0;
    while (i < tokens.count()) {
      int last = lastOfStreet(tokens, i);
      if (last > i) {
        last = withPlace(tokens, withFlat(tokens, last));
        found.accept(new Span(PiiKind.STREET_ADDRESS.code(), tokens.start(i), tokens.end(last)));
        i = last + 1;
      } else {
        i++;
      }
    }
  }

  private static int lastOfStreet(Tokens tokens, int i) {
    if (isHouseNumber(tokens, i)) {
      return streetAfterNumber(tokens, i);
    }
    if (!tokens.isWord(i) || (!tokens.isCapitalised(i) && !BEGINNINGS.contains(tokens, i))) {
      return -1;
    }
    if (isBox(tokens, i) || isMilitary(tokens, i)) {
      return numberAfter(tokens, i, 5);
    }
    if (STREET_FIRST.contains(tokens, i) && tokens.isCapitalised(nameStart(tokens, i))) {
      return numberAfter(tokens, nameStart(tokens, i), MAX_NAME_WORDS);
    }
    boolean mayBeStreet = tokens.isCapitalised(i) && isHouseNumber(tokens, i + 1);
    return mayBeStreet && hasStreetEnding(tokens.lower(i)) ? i + 1 : -1;
  }

  private static boolean isHouseNumber(Tokens tokens, int i) {
    return (tokens.isNumber(i) && tokens.length(i) <= 6)
        || (tokens.isMixed(i) && tokens.length(i) <= 6 && Character.isDigit(tokens.first(i)));
  }

  private static int nameStart(Tokens tokens, int type) {
    return tokens.isSymbol(type + 1, '.') ? type + 2 : type + 1;
  }

  /** {@code 12 Main Street}, {@code 12 rue Lafayette}, {@code 12 Storgatan}. */
  private static int streetAfterNumber(Tokens tokens, int number) {
    int i = number + 1;
    while (i <= number + 2 && (isHouseNumber(tokens, i) || tokens.isSymbol(i, ','))) {
      i++;
    }
    if (STREET_FIRST.contains(tokens, i) && tokens.isCapitalised(nameStart(tokens, i))) {
      return lastOfName(tokens, nameStart(tokens, i));
    }
    for (int words = 0; words <= MAX_NAME_WORDS && isNamePart(tokens, i); words++, i++) {
      if (hasStreetEnding(tokens.lower(i)) || (words > 0 && STREET.contains(tokens, i))) {
        return tokens.isSymbol(i + 1, '.') && tokens.touchesNext(i) ? i + 1 : i;
      }
      if (tokens.isSymbol(i + 1, '.')
          || tokens.isSymbol(i + 1, '\'')
          || tokens.isSymbol(i + 1, '-')) {
        i++;
      }
    }
    return -1;
  }

  private static boolean isNamePart(Tokens tokens, int i) {
    return (tokens.isWord(i) || tokens.isMixed(i) || tokens.isNumber(i))
        && !NO_NAME.contains(tokens, i);
  }

  private static int lastOfName(Tokens tokens, int first) {
    int last = first;
    while (last - first < MAX_NAME_WORDS
        && tokens.isCapitalised(last + 1)
        && !tokens.endsLine(last)
        && !FLAT.contains(tokens, last + 1)) {
      last++;
    }
    return isHouseNumber(tokens, last + 1) && !tokens.endsLine(last) ? last + 1 : last;
  }

  private static boolean hasStreetEnding(String word) {
    for (String ending : STREET_ENDINGS) {
      if (word.length() > ending.length() + 2 && word.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  /** {@code P.O. Box 12}, {@code PO Box 12}. */
  private static boolean isBox(Tokens tokens, int i) {
    boolean spelt =
        tokens.is(i, "p")
            && tokens.isSymbol(i + 1, '.')
            && tokens.is(i + 2, "o")
            && (tokens.is(i + 3, "box") || tokens.is(i + 4, "box"));
    return spelt || (tokens.is(i, "po") && tokens.is(i + 1, "box"));
  }

  /** {@code PSC 12, Box 34 APO AE 09012}, {@code FPO AP 96601}. */
  private static boolean isMilitary(Tokens tokens, int i) {
    return (MILITARY_OFFICE.contains(tokens, i) && MILITARY_REGION.contains(tokens, i + 1))
        || (MILITARY_BOX.contains(tokens, i) && tokens.isNumber(i + 1));
  }

  private static int numberAfter(Tokens tokens, int from, int reach) {
    for (int i = from + 1; i <= from + reach; i++) {
      if (isHouseNumber(tokens, i)) {
        return i;
      }
      if (tokens.endsLine(i - 1) && i > from + 1) {
        return -1;
      }
    }
    return -1;
  }

  private static int withFlat(Tokens tokens, int last) {
    int i = tokens.isSymbol(last + 1, ',') ? last + 2 : last + 1;
    if (tokens.isSymbol(i, '#') && isHouseNumber(tokens, i + 1)) {
      return i + 1;
    }
    if (!FLAT.contains(tokens, i)) {
      return last;
    }
    int number = tokens.isSymbol(i + 1, '.') ? i + 2 : i + 1;
    return isHouseNumber(tokens, number) ? number : last;
  }

  /** Takes in {@code , Springfield, IL 62704} and {@code , 1010 Wien}: up to a postal code. */
  private static int withPlace(Tokens tokens, int last) {
    int reach = Math.min(last + MAX_PLACE_TOKENS, tokens.count() - 1);
    for (int i = last + 1; i <= reach; i++) {
      if (isPostalCode(tokens, i)) {
        boolean placeFollows = i == last + 2 && tokens.isCapitalised(i + 1);
        return placeFollows ? i + 1 : i;
      }
      boolean place = tokens.isCapitalised(i) || tokens.isSymbol(i, ',') || tokens.isSymbol(i, '-');
      if (!place) {
        return last;
      }
    }
    return last;
  }

  private static boolean isPostalCode(Tokens tokens, int i) {
    return tokens.isNumber(i) && tokens.length(i) >= 4 && tokens.length(i) <= 6;
  }
}
