package dev.waymark.api.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The text in a JSON object: its strings and numbers without the names of the fields, unescaped,
 * each on a line of its own. What is cut off or is no JSON counts as far as it can be read.
 */
public final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  /** Of the whole object. */
  public static String of(String json) {
    return of(json, null);
  }

  /** Of one field of the object, such as {@code payload}; empty where it has none. */
  public static String of(String json, @Nullable String field) {
    StringBuilder text = new StringBuilder();
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isWanted = field == null || parser.currentName().equals(field);
        parser.nextToken();
        if (isWanted) {
          appendValue(parser, text);
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      // A record that was cut: what stands before the cut counts.
    }
    return text.toString();
  }

  private static void appendValue(JsonParser parser, StringBuilder text) throws IOException {
    int depth = 0;
    @Nullable JsonToken token = parser.currentToken();
    while (token != null) {
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
        text.append(parser.getText()).append('\n');
      }
      if (depth == 0) {
        return;
      }
      token = parser.nextToken();
    }
  }
}
