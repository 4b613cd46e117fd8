package dev.waymark.checks.text;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One text of an event: a value, a long integer, or the name of a member. Used by one thread.
 *
 * <p>Its path is dotted, as in {@code payload.params.to[2]}; a name has the path of its value.
 */
public final class Passage {
  /** What a passage is in the JSON. */
  public enum Form {
    VALUE,
    NUMBER,
    NAME
  }

  private final Path path;
  private final String field;
  private final String text;
  private final Form form;
  private final int rawStart;
  private @Nullable Characters characters;
  private @Nullable String lower;
  private @Nullable Tokens tokens;

  Passage(Path path, String field, String text, Form form, int rawStart) {
    this.path = path;
    this.field = field;
    this.text = text;
    this.form = form;
    this.rawStart = rawStart;
  }

  /** A text by itself, of no event. */
  public static Passage of(String text) {
    return of("", text);
  }

  /** A text by itself, under a member's name. */
  public static Passage of(String field, String text) {
    return new Passage(Path.ROOT.member(field), field, text, Form.VALUE, 0);
  }

  /** The same, but every detector looks at it as if it had every character. */
  static Passage unfiltered(String field, String text) {
    Passage passage = of(field, text);
    passage.characters = Characters.ANY;
    return passage;
  }

  public String path() {
    return path.toString();
  }

  /** Name of the nearest member it is the value of, or in a list of; empty of a name. */
  public String field() {
    return field;
  }

  public String text() {
    return text;
  }

  public Form form() {
    return form;
  }

  /** First byte of its token in the record: a text's opening quote. */
  int rawStart() {
    return rawStart;
  }

  /** Which characters it has. */
  public Characters characters() {
    if (characters == null) {
      characters = Characters.of(text);
    }
    return characters;
  }

  /** The text in lower case, made once. */
  public String lower() {
    if (lower == null) {
      lower = text.toLowerCase(Locale.ROOT);
    }
    return lower;
  }

  /** Its tokens, cut once. */
  public Tokens tokens() {
    if (tokens == null) {
      tokens = new Tokens(text);
    }
    return tokens;
  }
}
