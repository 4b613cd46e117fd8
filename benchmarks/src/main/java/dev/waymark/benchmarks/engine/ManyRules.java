package dev.waymark.benchmarks.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule set as a company with many agents has it: of ten rules one holds for all agents, the
 * others for one agent or for a tool that few runs use; of all four kinds.
 */
final class ManyRules {
  /** Of the workload; further ones never act. */
  private static final int AGENTS = 20;

  private static final int MAX_AGENTS = 200;

  private ManyRules() {}

  static String of(int count) {
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rules.add(rule(i));
    }
    return "version: 1\ncase: { timeout: PT5M, grace: PT10S }\nrules:\n" + String.join("", rules);
  }

  private static String rule(int i) {
    String action = "tool_" + i + "_*";
    String template =
        switch (i % 5) {
          case 0 ->
              """
                  kind: timelag
                  template: response
                  activation: { type: action_request, action: "ACTION" }
                  target: { type: action_response }
                  correlate: [ meta.call_id ]
                  within: { max: PT30S }
              """
                  .replace("ACTION", i > 0 && scope(i) == null ? action : "*");
          case 1 ->
              """
                  kind: sequence
                  template: precedence
                  activation: { type: action_request, action: "ACTION" }
                  target: { type: action_response, action: "look_up_NUMBER_*", status: success }
              """
                  .replace("ACTION", action)
                  .replace("NUMBER", Integer.toString(i));
          case 2 ->
              """
                  kind: missing_step
                  template: existence
                  activation: { type: [ final_output, error ] }
              """;
          case 3 ->
              """
                  kind: frequency
                  template: absence
                  activation: { type: action_request, action: "ACTION" }
                  n: 16
                  window: PT3M
              """
                  .replace("ACTION", scope(i) == null ? action : "search_*");
          default ->
              """
                  kind: sequence
                  template: not_succession
                  activation: { type: action_request, action: "ACTION" }
                  target: { type: action_request, action: "charge_*" }
              """
                  .replace("ACTION", action);
        };
    String scope = i % 5 == 2 && i > 2 ? agent(i) : scope(i);
    return "  - id: rule-"
        + i
        + "\n"
        + template
        + (scope == null ? "" : "    scope: { agent: \"" + scope + "\" }\n");
  }

  /** Null: all agents. */
  private static @Nullable String scope(int i) {
    return i % 10 == 0 || i < 10 ? null : agent(i);
  }

  private static String agent(int i) {
    return "agent-" + i * 7 % (i < 50 ? AGENTS : MAX_AGENTS);
  }
}
