package dev.waymark.checks.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the passages of a decoded event in one streaming pass, in the order of its bytes. */
public final class Passages {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  /** Shorter integers are no card numbers. */
  private static final int MIN_DIGITS = 12;

  private static final int MIN_TEXT = 3;

  private final Map<String, Set<String>> left;
  private final List<Passage> found = new ArrayList<>();

  private Passages(Map<String, Set<String>> left) {
    this.left = left;
  }

  /**
   * All texts of at least three characters, names among them, and integers of twelve digits. Names
   * of one lower-case word are left out: by itself such a word is nothing that anybody looks for.
   *
   * @param left members that are left out with their values unless these are objects or lists: sets
   *     of names by the root's member they are in, the root's own by the empty name
   */
  public static List<Passage> of(byte[] raw, Map<String, Set<String>> left) {
    Passages passages = new Passages(left);
    try (JsonParser parser = JSON.createParser(raw)) {
      parser.nextToken();
      passages.readRoot(parser);
    } catch (IOException e) {
      throw new UncheckedIOException("a decoded event is valid JSON", e);
    }
    return passages.found;
  }

  private void readRoot(JsonParser parser) throws IOException {
    Set<String> leftOfRoot = leftOf("");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Path path = Path.ROOT.member(name);
      boolean isObject = readName(parser, path, name, leftOfRoot) == JsonToken.START_OBJECT;
      if (isObject) {
        readObject(parser, path, leftOf(name));
      } else {
        readUnlessLeft(parser, path, name, leftOfRoot);
      }
    }
  }

  private Set<String> leftOf(String member) {
    return left.getOrDefault(member, Set.of());
  }

  private void readObject(JsonParser parser, Path path, Set<String> leftHere) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Path here = path.member(name);
      readName(parser, here, name, leftHere);
      readUnlessLeft(parser, here, name, leftHere);
    }
  }

  /** Moves on to the value and says what it is. */
  private JsonToken readName(JsonParser parser, Path path, String name, Set<String> leftHere)
      throws IOException {
    if (name.length() >= MIN_TEXT && !isLowerCaseWord(name) && !leftHere.contains(name)) {
      add(parser, path, "", name, Passage.Form.NAME);
    }
    return parser.nextToken();
  }

  private static boolean isLowerCaseWord(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < 'a' || name.charAt(i) > 'z') {
        return false;
      }
    }
    return true;
  }

  private void readUnlessLeft(JsonParser parser, Path path, String name, Set<String> leftHere)
      throws IOException {
    if (parser.currentToken().isStructStart() || !leftHere.contains(name)) {
      readValue(parser, path, name);
    }
  }

  private void readList(JsonParser parser, Path path, String field) throws IOException {
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      readValue(parser, path.element(i), field);
    }
  }

  private void readValue(JsonParser parser, Path path, String field) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> readObject(parser, path, Set.of());
      case START_ARRAY -> readList(parser, path, field);
      case VALUE_STRING -> {
        if (parser.getTextLength() >= MIN_TEXT) {
          add(parser, path, field, parser.getText(), Passage.Form.VALUE);
        }
      }
      case VALUE_NUMBER_INT -> {
        if (parser.getTextLength() >= MIN_DIGITS) {
          add(parser, path, field, parser.getText(), Passage.Form.NUMBER);
        }
      }
      default -> {
        // true, false, null and short or broken numbers say nothing.
      }
    }
  }

  private void add(JsonParser parser, Path path, String field, String text, Passage.Form form) {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    found.add(new Passage(path, field, text, form, start));
  }
}
