package dev.waymark.local.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A rule a run that names the actions its task's authors held for right, with their arguments: the
 * {@code expected_actions} of a tau2 label as template {@code steps}.
 */
final class ReferenceActions {
  private static final String USER = "user";

  private ReferenceActions() {}

  /** Of labels without expected actions there is no rule. */
  static ObjectNode ruleSet(List<JsonNode> labels) {
    ObjectNode ruleSet = AgentRuns.JSON.createObjectNode();
    ruleSet.put("version", 1);
    ArrayNode rules = ruleSet.putArray("rules");
    for (JsonNode label : labels) {
      if (!label.path("expected_actions").isEmpty()) {
        rules.add(rule(label));
      }
    }
    return ruleSet;
  }

  static String ruleId(String runId) {
    return "reference-actions-" + runId;
  }

  private static ObjectNode rule(JsonNode label) {
    String runId = label.path("run_id").textValue();
    ObjectNode rule = AgentRuns.JSON.createObjectNode();
    rule.put("id", ruleId(runId));
    rule.put("kind", "missing_step");
    rule.put("template", "steps");
    rule.putObject("when")
        .put("where", "event.meta.run_id == " + quoted(runId) + " && event.seq == 1");
    ArrayNode steps = rule.putArray("steps");
    for (JsonNode action : label.path("expected_actions")) {
      ObjectNode step = steps.addObject();
      step.put("type", "action_request");
      step.put("actor", USER.equals(action.path("requestor").textValue()) ? USER : "agent");
      step.put("where", condition(action));
    }
    return rule;
  }

  private static String condition(JsonNode action) {
    List<String> terms = new ArrayList<>();
    terms.add("event.payload.action == " + quoted(action.path("name").textValue()));
    for (Map.Entry<String, JsonNode> argument : action.path("arguments").properties()) {
      terms.add("event.payload.params." + argument.getKey() + " == " + cel(argument.getValue()));
    }
    return String.join(" && ", terms);
  }

  /** A JSON value as CEL writes it, which differs in that a map's keys are expressions. */
  private static String cel(JsonNode value) {
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(ReferenceActions::cel)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value.isObject()) {
      return value.properties().stream()
          .map(field -> quoted(field.getKey()) + ": " + cel(field.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return value.toString();
  }

  private static String quoted(String text) {
    return AgentRuns.JSON.getNodeFactory().textNode(text).toString();
  }
}
