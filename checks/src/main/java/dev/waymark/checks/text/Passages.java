package dev.waymark.checks.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the passages of a decoded event in one streaming pass, in the order of its bytes. */
public final class Passages {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  /** Shorter integers are no card numbers. */
  private static final int MIN_DIGITS = 12;

  private static final int MIN_TEXT = 3;

  private final byte[] raw;
  private final List<Passage> found = new ArrayList<>();

  private Passages(byte[] raw) {
    this.raw = raw;
  }

  /** All texts of at least three characters, names among them, and integers of twelve digits. */
  public static List<Passage> of(byte[] raw) {
    Passages passages = new Passages(raw);
    try (JsonParser parser = JSON.createParser(raw)) {
      parser.nextToken();
      passages.readObject(parser, "");
    } catch (IOException e) {
      throw new UncheckedIOException("a decoded event is valid JSON", e);
    }
    return passages.found;
  }

  private void readObject(JsonParser parser, String path) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String here = path.isEmpty() ? name : path + "." + name;
      if (name.length() >= MIN_TEXT) {
        add(parser, here, "", name, Passage.Form.NAME);
      }
      parser.nextToken();
      readValue(parser, here, name);
    }
  }

  private void readList(JsonParser parser, String path, String field) throws IOException {
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      readValue(parser, path + "[" + i + "]", field);
    }
  }

  private void readValue(JsonParser parser, String path, String field) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> readObject(parser, path);
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

  private void add(JsonParser parser, String path, String field, String text, Passage.Form form) {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    int end = form == Passage.Form.NUMBER ? start + text.length() : closingQuote(start) + 1;
    found.add(new Passage(path, field, text, form, start, end));
  }

  private int closingQuote(int openingQuote) {
    int at = openingQuote + 1;
    while (raw[at] != '"') {
      at += raw[at] == '\\' ? 2 : 1;
    }
    return at;
  }
}
