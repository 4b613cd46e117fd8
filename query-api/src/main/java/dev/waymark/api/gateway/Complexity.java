package dev.waymark.api.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** How much memory a record would take as a tree: that is in its values, not in its bytes. */
final class Complexity {
  static final int MAX_VALUES = 200_000;

  private static final JsonFactory JSON = new JsonFactory();

  private Complexity() {}

  /** Whether it has more values than the limit; no for what is no JSON, which others refuse. */
  static boolean isBeyondLimit(byte[] record) {
    int values = 0;
    try (JsonParser parser = JSON.createParser(record)) {
      while (values <= MAX_VALUES && parser.nextToken() != null) {
        values++;
      }
    } catch (IOException e) {
      return false;
    }
    return values > MAX_VALUES;
  }
}
