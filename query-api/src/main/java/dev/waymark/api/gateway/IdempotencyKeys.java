package dev.waymark.api.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the {@code Idempotency-Key} of a request to its events. One event gets the key itself, of
 * several each gets the key, {@code #} and its place. An event that has a key of its own keeps it,
 * byte for byte.
 */
final class IdempotencyKeys {
  private static final String FIELD = "idempotency_key";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private IdempotencyKeys() {}

  static List<Candidate> give(List<Candidate> candidates, int ofHowMany, String key) {
    List<Candidate> keyed = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      String own = ofHowMany == 1 ? key : key + '#' + candidate.index();
      keyed.add(new Candidate(candidate.index(), give(candidate.record(), own)));
    }
    return keyed;
  }

  /** What is no event is returned as it is: the codec says better what is wrong with it. */
  private static byte[] give(byte[] record, String key) {
    try {
      JsonNode meta = JSON.readTree(record).path("meta");
      if (!(meta instanceof ObjectNode fields) || fields.hasNonNull(FIELD)) {
        return record;
      }
      ObjectNode event = (ObjectNode) JSON.readTree(record);
      event.withObject("/meta").put(FIELD, key);
      return JSON.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      return record;
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory", e);
    }
  }
}
