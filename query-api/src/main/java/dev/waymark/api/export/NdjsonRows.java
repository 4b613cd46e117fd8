package dev.waymark.api.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A JSON object a line, as the list has it. */
final class NdjsonRows<T> implements RowWriter<T> {
  private final ObjectMapper json;

  NdjsonRows(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public String head() {
    return "";
  }

  @Override
  public String line(T item) {
    try {
      // Records stand in it as they were published. Inside a JSON string a line break is always
      // escaped, so these stand between its parts.
      return json.writeValueAsString(item).replace('\n', ' ').replace('\r', ' ') + '\n';
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view can be written", e);
    }
  }
}
