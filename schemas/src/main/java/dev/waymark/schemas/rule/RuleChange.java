package dev.waymark.schemas.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.Times;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of the rules topic: from {@code effectiveAtMicros} on, this is the rule. Keyed by rule
 * id and number, so that the compacted topic keeps the history that replays need.
 *
 * @param number counts the versions of the rule, from 1
 * @param definition the rule's canonical JSON; null: the rule is deleted
 * @param version digest of {@code definition}; of a deletion that of the version before
 */
public record RuleChange(
    String ruleId,
    int number,
    String version,
    long effectiveAtMicros,
    @Nullable String definition) {

  /** The first time RFC 3339 can say, 0000-01-01: in force for whatever was recorded. */
  public static final long BEGINNING = Times.micros(Instant.parse("0000-01-01T00:00:00Z"));

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The change that brings a rule into force. */
  public static RuleChange of(Rule rule, int number, long effectiveAtMicros) {
    return new RuleChange(
        rule.id(), number, rule.version(), effectiveAtMicros, RuleJson.canonical(rule));
  }

  public boolean isDeletion() {
    return definition == null;
  }

  /** Key of the Kafka record. */
  public String topicKey() {
    return ruleId + "/" + number;
  }

  /** Value of the Kafka record. */
  public String encode() {
    ObjectNode node = JSON.createObjectNode();
    node.put("rule_id", ruleId);
    node.put("number", number);
    node.put("version", version);
    node.put("effective_at", Times.format(effectiveAtMicros));
    try {
      node.set("rule", definition == null ? JSON.nullNode() : JSON.readTree(definition));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("rule " + ruleId + ": definition is no JSON", e);
    }
    return node.toString();
  }

  /**
   * Reads what {@link #encode} wrote; throws {@link IllegalArgumentException} with the path of what
   * is wrong.
   */
  public static RuleChange decode(String json) {
    JsonNode node;
    try {
      node = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("record: " + e.getOriginalMessage(), e);
    }
    JsonNode rule = node.path("rule");
    if (!rule.isNull() && !rule.isObject()) {
      throw new IllegalArgumentException("rule: must be an object or null");
    }
    return new RuleChange(
        text(node, "rule_id"),
        number(node),
        text(node, "version"),
        time(node),
        rule.isNull() ? null : RuleJson.canonical(rule));
  }

  private static int number(JsonNode node) {
    JsonNode number = node.path("number");
    if (!number.canConvertToInt() || number.asInt() < 1) {
      throw new IllegalArgumentException(
          "number: must be a whole number of at least 1, was " + number);
    }
    return number.asInt();
  }

  private static long time(JsonNode node) {
    try {
      return EventCodec.parseTime(text(node, "effective_at"));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("effective_at: must be an RFC 3339 time", e);
    }
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual() || value.asText().isEmpty()) {
      throw new IllegalArgumentException(field + ": required text");
    }
    return value.asText();
  }
}
