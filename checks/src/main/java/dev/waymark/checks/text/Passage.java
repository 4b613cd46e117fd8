package dev.waymark.checks.text;

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

  private final String path;
  private final String field;
  private final String text;
  private final Form form;
  private final int rawStart;
  private final int rawEnd;
  private @Nullable Tokens tokens;

  Passage(String path, String field, String text, Form form, int rawStart, int rawEnd) {
    this.path = path;
    this.field = field;
    this.text = text;
    this.form = form;
    this.rawStart = rawStart;
    this.rawEnd = rawEnd;
  }

  /** A text by itself, of no event. */
  public static Passage of(String text) {
    return new Passage("", "", text, Form.VALUE, 0, 0);
  }

  /** A text by itself, under a member's name. */
  public static Passage of(String field, String text) {
    return new Passage(field, field, text, Form.VALUE, 0, 0);
  }

  public String path() {
    return path;
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

  /** First byte of its token in the record: a value's opening quote. */
  int rawStart() {
    return rawStart;
  }

  /** Behind the last byte of its token. */
  int rawEnd() {
    return rawEnd;
  }

  /** Its tokens, cut once. */
  public Tokens tokens() {
    if (tokens == null) {
      tokens = new Tokens(text);
    }
    return tokens;
  }
}
