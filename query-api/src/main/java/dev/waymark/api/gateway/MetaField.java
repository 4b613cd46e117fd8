package dev.waymark.api.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Fills in a field of {@code meta} that an event left out. */
final class MetaField {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private MetaField() {}

  /**
   * An event that has the field keeps it, byte for byte. What is no event is returned as it is: the
   * codec says better what is wrong with it.
   */
  static byte[] give(byte[] record, String field, String value) {
    try {
      JsonNode event = JSON.readTree(record);
      if (!(event.path("meta") instanceof ObjectNode meta) || meta.hasNonNull(field)) {
        return record;
      }
      meta.put(field, value);
      return JSON.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      return record;
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory", e);
    }
  }
}
