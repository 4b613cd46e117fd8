package dev.waymark.testkit.random;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Random matchers over the events of {@link RandomTraces}. */
final class RandomMatchers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RandomMatchers() {}

  /** A matcher that may match any sort of event. */
  static Arbitrary<ObjectNode> event() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, request()),
        Tuple.of(2, response()),
        Tuple.of(2, action()),
        Tuple.of(2, one("type", "final_output", "error", "reasoning", "action_response")),
        Tuple.of(2, one("actor", "tool", "agent")),
        Tuple.of(1, one("agent", "booking-1", "b*")),
        Tuple.of(1, request().map(RandomMatchers::negated)),
        Tuple.of(1, condition()));
  }

  /** What an activation waits for: rather broad, so that it does come now and then. */
  static Arbitrary<ObjectNode> target() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, event()),
        Tuple.of(3, one("type", "action_response")),
        Tuple.of(2, request().map(RandomMatchers::negated)),
        Tuple.of(1, Arbitraries.of(true).map(unused -> JSON.createObjectNode())));
  }

  static Arbitrary<List<ObjectNode>> steps() {
    return event().list().ofMinSize(1).ofMaxSize(3);
  }

  static Arbitrary<ObjectNode> request() {
    return Arbitraries.of(RandomTraces.ACTIONS)
        .map(action -> matcher("type", "action_request").put("action", action));
  }

  private static Arbitrary<ObjectNode> response() {
    return Arbitraries.of(RandomTraces.ACTIONS)
        .map(
            action ->
                matcher("type", "action_response").put("action", action).put("status", "success"));
  }

  private static Arbitrary<ObjectNode> action() {
    return Arbitraries.of("book", "*o*", "pay", "nothing*")
        .flatMap(
            glob ->
                Arbitraries.of(RandomTraces.ACTIONS)
                    .map(
                        other -> {
                          ObjectNode matcher = JSON.createObjectNode();
                          ArrayNode values = matcher.putArray("action");
                          values.add(glob).add(other);
                          return matcher;
                        }));
  }

  private static Arbitrary<ObjectNode> condition() {
    return Arbitraries.of(
            "event.payload.size >= 2",
            "event.payload.size == 1.0 || event.type == 'error'",
            "!(event.meta.user_id == 'u1')",
            "1 / event.payload.size > 0")
        .map(where -> matcher("where", where));
  }

  private static ObjectNode negated(ObjectNode matcher) {
    ObjectNode negated = JSON.createObjectNode();
    negated.set("not", matcher);
    return negated;
  }

  private static Arbitrary<ObjectNode> one(String field, String... values) {
    return Arbitraries.of(values).map(value -> matcher(field, value));
  }

  private static ObjectNode matcher(String field, String value) {
    return JSON.createObjectNode().put(field, value);
  }
}
