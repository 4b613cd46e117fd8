package dev.waymark.schemas.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads rule sets, YAML or JSON. Every problem is reported at once, each with its path; a set with
 * any problem yields no rules at all. Stateless, safe for concurrent use.
 */
public final class RuleParser {
  /** Most rules in one set. */
  public static final int MAX_RULES = 10_000;

  private RuleParser() {}

  /**
   * The rules of a set {@code {version: 1, case: {…}, rules: […]}}; throws with every problem
   * found.
   */
  public static List<Rule> parse(String text) throws InvalidRulesException {
    JsonNode root = read(text);
    List<Problem> problems = new ArrayList<>();
    NodeReader set = new NodeReader(root, "", problems);
    if (!set.isObject()) {
      throw new InvalidRulesException(
          List.of(new Problem("", "a rule set is an object with version and rules")));
    }
    set.allow("version", "case", "rules");
    StrictYaml.requireVersion1(set);
    CaseConfig defaults = RuleReader.caseConfig(set.optionalObject("case"), CaseConfig.DEFAULT);
    List<Rule> rules = new ArrayList<>();
    Map<String, Integer> firstUse = new HashMap<>();
    List<NodeReader> items = set.requiredList("rules", MAX_RULES);
    for (int i = 0; i < items.size(); i++) {
      RuleReader reader = new RuleReader(items.get(i), defaults);
      reader.read().ifPresent(rules::add);
      requireUniqueId(items.get(i), i, firstUse);
    }
    if (!problems.isEmpty()) {
      throw new InvalidRulesException(problems);
    }
    return List.copyOf(rules);
  }

  /** One rule from its canonical JSON; throws with every problem found. */
  public static Rule parseRule(String json) throws InvalidRulesException {
    List<Problem> problems = new ArrayList<>();
    RuleReader reader =
        new RuleReader(new NodeReader(read(json), "", problems), CaseConfig.DEFAULT);
    return reader.read().orElseThrow(() -> new InvalidRulesException(problems));
  }

  private static JsonNode read(String text) throws InvalidRulesException {
    List<Problem> problems = new ArrayList<>();
    return StrictYaml.read(text, "rule set", problems)
        .orElseThrow(() -> new InvalidRulesException(problems));
  }

  private static void requireUniqueId(NodeReader rule, int index, Map<String, Integer> firstUse) {
    JsonNode id = rule.get("id");
    if (id.isTextual()) {
      Integer first = firstUse.putIfAbsent(id.asText(), index);
      if (first != null) {
        rule.problem(
            "id", "must be unique, rules[" + first + "] has " + NodeReader.show(id) + " too");
      }
    }
  }
}
