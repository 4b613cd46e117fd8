package dev.waymark.schemas.violation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Violations as JSON, snake_case, times in RFC 3339 with µs: on the violations topic, in files,
 * over HTTP.
 */
public final class ViolationCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ViolationCodec() {}

  /** One line of JSON. */
  public static String encode(Violation violation) {
    ObjectNode node = JSON.createObjectNode();
    node.put("violation_id", violation.violationId());
    node.put("tenant", violation.tenant());
    node.put("rule_id", violation.ruleId());
    node.put("rule_version", violation.ruleVersion());
    node.put("kind", violation.kind());
    node.put("template", violation.template());
    node.put("severity", violation.severity());
    node.put("case_key", violation.caseKey());
    node.put("case_id", violation.caseId());
    node.put("run_id", violation.runId());
    node.put("agent_id", violation.agentId());
    node.put("t", Times.format(violation.timeMicros()));
    node.put("message", violation.message());
    node.set("evidence", evidenceNode(violation.evidence()));
    node.set("facts", JSON.valueToTree(violation.facts()));
    node.set("tags", JSON.valueToTree(violation.tags()));
    node.put("description", violation.description());
    node.put("remedy", violation.remedy());
    node.put("late", violation.late());
    node.put("suppressed", violation.suppressed());
    return node.toString();
  }

  /** The evidence alone, as the JSON array of the store's column. */
  public static String encodeEvidence(List<Evidence> evidence) {
    return evidenceNode(evidence).toString();
  }

  /** The facts alone, as the JSON object of the store's column. */
  public static String encodeFacts(Map<String, String> facts) {
    return JSON.valueToTree(facts).toString();
  }

  /** Reads what {@link #encode} wrote; throws {@link IllegalArgumentException} on anything else. */
  public static Violation decode(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return new Violation(
          text(node, "violation_id"),
          text(node, "tenant"),
          text(node, "rule_id"),
          text(node, "rule_version"),
          text(node, "kind"),
          text(node, "template"),
          text(node, "severity"),
          text(node, "case_key"),
          text(node, "case_id"),
          optionalText(node, "run_id"),
          optionalText(node, "agent_id"),
          EventCodec.parseTime(text(node, "t")),
          text(node, "message"),
          evidence(node.path("evidence")),
          facts(node.path("facts")),
          tags(node.path("tags")),
          text(node, "description"),
          text(node, "remedy"),
          node.path("late").asBoolean(),
          node.path("suppressed").asLong());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no violation: " + e.getOriginalMessage(), e);
    }
  }

  private static ArrayNode evidenceNode(List<Evidence> evidence) {
    ArrayNode array = JSON.createArrayNode();
    for (Evidence item : evidence) {
      array
          .addObject()
          .put("run_id", item.runId())
          .put("seq", item.seq())
          .put("t", Times.format(item.timeMicros()))
          .put("identity", item.identity())
          .put("role", item.role());
    }
    return array;
  }

  private static List<Evidence> evidence(JsonNode array) {
    List<Evidence> evidence = new ArrayList<>();
    for (JsonNode item : array) {
      evidence.add(
          new Evidence(
              text(item, "run_id"),
              item.path("seq").asLong(),
              EventCodec.parseTime(text(item, "t")),
              text(item, "identity"),
              text(item, "role")));
    }
    return List.copyOf(evidence);
  }

  private static Map<String, String> facts(JsonNode object) {
    Map<String, String> facts = new LinkedHashMap<>();
    object.properties().forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
    return facts;
  }

  private static List<String> tags(JsonNode array) {
    List<String> tags = new ArrayList<>();
    array.forEach(tag -> tags.add(tag.asText()));
    return List.copyOf(tags);
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException(field + ": required text");
    }
    return value.asText();
  }

  private static @Nullable String optionalText(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? null : value.asText();
  }
}
