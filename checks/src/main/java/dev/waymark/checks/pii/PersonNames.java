package dev.waymark.checks.pii;

import dev.waymark.checks.text.Detector;
import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Span;
import dev.waymark.checks.text.Tokens;
import dev.waymark.checks.text.WordSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Person names as far as patterns go: after a title, after words of introduction or address, under
 * a member's name that says so, beginning with a common given name, or ending like a family name.
 * Names that no such thing marks are not found; a model would be needed.
 */
final class PersonNames implements Detector {
  private static final int MAX_PARTS = 5;
  private static final WordSet TITLES =
      WordSet.of(
          "mr",
          "mrs",
          "ms",
          "miss",
          "mx",
          "dr",
          "prof",
          "professor",
          "sir",
          "madam",
          "lady",
          "herr",
          "frau",
          "señor",
          "señora",
          "monsieur",
          "madame",
          "mme",
          "doctor",
          "judge",
          "captain",
          "nurse",
          "officer",
          "sergeant");
  private static final WordSet PARTICLES =
      WordSet.of(
          "de", "da", "di", "del", "della", "dos", "van", "von", "der", "den", "ten", "la", "le",
          "el", "al", "bin", "ibn", "ben", "af", "zu");
  private static final WordSet GREETINGS =
      WordSet.of("dear", "regards", "sincerely", "attn", "cheers", "hi", "hello", "hey");
  private static final WordSet INTRODUCTIONS = WordSet.of("is", "named", "am", "m");

  /** Any of them: what is neither that nor has a capital begins no name and marks none. */
  private static final WordSet MARKS = WordSet.union(TITLES, GREETINGS, INTRODUCTIONS);

  private static final Context NAMED =
      Context.of(
          "firstname",
          "lastname",
          "fullname",
          "surname",
          "forename",
          "givenname",
          "familyname",
          "cardholder",
          "payee",
          "beneficiary");
  private static final Context NAME = Context.of("name");
  private static final Context WHOSE =
      Context.of(
          "first",
          "last",
          "full",
          "given",
          "family",
          "maiden",
          "middle",
          "customer",
          "patient",
          "passenger",
          "contact",
          "employee",
          "recipient",
          "sender",
          "guest",
          "client",
          "holder",
          "person",
          "user",
          "owner",
          "author",
          "traveler",
          "traveller");
  private static final String[] FAMILY_ENDINGS = {
    "sson", "ssen", "nsen", "dóttir", "dottir", "ovič", "ović", "ovic", "ević", "evic", "enko",
    "escu", "opoulos", "czyk", "wicz", "owski", "owska", "ewski", "ewska", "inski", "ński",
    "shvili", "adze", "oğlu", "oglu", "ström", "qvist", "kova", "nova", "mann", "berger", "inen"
  };
  private static final WordSet NO_NAME = words("no-names.txt");
  private static final WordSet GIVEN = words("given-names.txt");

  /** Common given names that are as often something else: only before a further name. */
  private static final WordSet AMBIGUOUS = words("ambiguous-names.txt");

  @Override
  public void find(Passage passage, Consumer<Span> found) {
    Tokens tokens = passage.tokens();
    if (isNameAlone(tokens) && isNameField(passage.field())) {
      found.accept(new Span(PiiKind.PERSON.code(), 0, passage.text().length()));
      return;
    }
    int i = 0;
    while (i < tokens.count()) {
      int first = firstOfName(tokens, i);
      int last = first < 0 ? -1 : lastOfName(tokens, first);
      if (last >= 0) {
        found.accept(new Span(PiiKind.PERSON.code(), tokens.start(first), tokens.end(last)));
        i = last + 1;
      } else {
        i++;
      }
    }
  }

  private static boolean isNameField(String field) {
    if (field.isEmpty()) {
      return false;
    }
    return NAMED.isIn(field) || (NAME.isIn(field) && WHOSE.isIn(field));
  }

  private static boolean isNameAlone(Tokens tokens) {
    if (tokens.count() == 0 || tokens.count() > 2 * MAX_PARTS) {
      return false;
    }
    for (int i = 0; i < tokens.count(); i++) {
      boolean joint =
          tokens.isSymbol(i, '.') || tokens.isSymbol(i, '-') || tokens.isSymbol(i, '\'');
      if (!tokens.isWord(i) && !joint) {
        return false;
      }
    }
    return true;
  }

  /** The first token of a name that something at {@code i} marks; -1 where nothing does. */
  private static int firstOfName(Tokens tokens, int i) {
    if (!tokens.isWord(i)) {
      return -1;
    }
    if (!tokens.isCapitalised(i) && !MARKS.contains(tokens, i)) {
      return -1;
    }
    if (TITLES.contains(tokens, i)) {
      return afterTitle(tokens, i);
    }
    if (isIntroduction(tokens, i)) {
      return isNameWord(tokens, i + 1) ? i + 1 : -1;
    }
    if (GREETINGS.contains(tokens, i)) {
      int next = tokens.isSymbol(i + 1, ',') ? i + 2 : i + 1;
      return isNameWord(tokens, next) && !TITLES.contains(tokens, next) ? next : -1;
    }
    if (!isNameWord(tokens, i)) {
      return -1;
    }
    boolean given =
        GIVEN.contains(tokens, i) && (!AMBIGUOUS.contains(tokens, i) || goesOn(tokens, i));
    return given || endsInFamilyName(tokens, i) ? i : -1;
  }

  private static int afterTitle(Tokens tokens, int title) {
    boolean dotted = tokens.isSymbol(title + 1, '.');
    int next = dotted ? title + 2 : title + 1;
    boolean marked = dotted || tokens.isCapitalised(title);
    boolean lowerCase = dotted && tokens.isWord(next) && !NO_NAME.contains(tokens, next);
    return marked && (isNameWord(tokens, next) || lowerCase) ? next : -1;
  }

  /** {@code name is}, {@code name:}, {@code named}, {@code I'm}, {@code this is}. */
  private static boolean isIntroduction(Tokens tokens, int i) {
    if (!INTRODUCTIONS.contains(tokens, i)) {
      return false;
    }
    if (tokens.is(i, "is")) {
      return tokens.is(i - 1, "name") || (tokens.is(i - 1, "this") && goesOn(tokens, i + 1));
    }
    return tokens.is(i, "named")
        || (tokens.is(i, "am") && tokens.is(i - 1, "i") && isGiven(tokens, i + 1))
        || (tokens.is(i, "m") && tokens.isSymbol(i - 1, '\'') && isGiven(tokens, i + 1));
  }

  private static boolean isGiven(Tokens tokens, int i) {
    return GIVEN.contains(tokens, i) || goesOn(tokens, i);
  }

  private static boolean isNameWord(Tokens tokens, int i) {
    return tokens.isCapitalised(i) && tokens.length(i) > 1 && !NO_NAME.contains(tokens, i);
  }

  /** Whether a further part of a name follows on the same line. */
  private static boolean goesOn(Tokens tokens, int i) {
    return isNameWord(tokens, i) && nextPart(tokens, i) > i;
  }

  private static boolean endsInFamilyName(Tokens tokens, int i) {
    int next = nextPart(tokens, i);
    return next > i && hasFamilyEnding(tokens.lower(next));
  }

  private static boolean hasFamilyEnding(String word) {
    for (String ending : FAMILY_ENDINGS) {
      if (word.length() > ending.length() + 1 && word.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  private static int lastOfName(Tokens tokens, int first) {
    int last = first;
    for (int parts = 1; parts < MAX_PARTS; parts++) {
      int next = nextPart(tokens, last);
      if (next <= last) {
        break;
      }
      last = next;
    }
    return last;
  }

  /** The next part of a name after one: past an initial, a particle, a hyphen or apostrophe. */
  private static int nextPart(Tokens tokens, int i) {
    if (tokens.endsLine(i)) {
      return -1;
    }
    int next = i + 1;
    boolean joint = tokens.isSymbol(next, '-') || tokens.isSymbol(next, '\'');
    if (joint && tokens.touchesNext(i) && tokens.touchesNext(next)) {
      return isNameWord(tokens, next + 1) ? next + 1 : -1;
    }
    boolean initial = tokens.isCapitalised(next) && tokens.length(next) == 1;
    if (initial) {
      next = tokens.isSymbol(next + 1, '.') ? next + 2 : next + 1;
    }
    while (PARTICLES.contains(tokens, next) && next - i < 5) {
      next++;
    }
    return isNameWord(tokens, next) ? next : -1;
  }

  private static WordSet words(String resource) {
    try (InputStream in = PersonNames.class.getResourceAsStream(resource)) {
      byte[] list = Objects.requireNonNull(in, resource).readAllBytes();
      return WordSet.of(
          new String(list, StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .flatMap(line -> Arrays.stream(line.split(" +")))
              .filter(word -> !word.isEmpty())
              .collect(Collectors.toSet()));
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
