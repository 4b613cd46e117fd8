package dev.waymark.api.feed;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Text as JSON. */
final class JsonLine {
  private JsonLine() {}

  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, quoted);
    return quoted.append('"').toString();
  }
}
