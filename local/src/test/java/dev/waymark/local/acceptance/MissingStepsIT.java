package dev.waymark.local.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Missing steps of 250 recorded service desk runs, against what the benchmark they come from says
 * of each reference action ({@code action_checks[].match}). The verdicts are those of {@code
 * ./waymark check}.
 */
@Tag("long")
final class MissingStepsIT {
  private static final double LEAST_PRECISION = 0.92;

  @TempDir private Path folder;

  @Test
  void findsEveryRunThatMissedAReferenceActionAndFewOthers() throws Exception {
    // Given
    AgentRuns runs = AgentRuns.findOrSkip();
    List<Path> streams = runs.streams("tau2-");
    List<JsonNode> labels = new ArrayList<>();
    for (Path stream : streams) {
      labels.addAll(runs.labels(stream));
    }
    ObjectNode ruleSet = ReferenceActions.ruleSet(labels);
    Path rules = Files.writeString(folder.resolve("rules.json"), ruleSet.toString());
    Path out = folder.resolve("violations.jsonl");

    // When
    List<String> arguments = new ArrayList<>(List.of("check", "--rules", rules.toString()));
    arguments.add("--events");
    streams.forEach(stream -> arguments.add(stream.toString()));
    arguments.addAll(List.of("--out", out.toString()));
    WaymarkCommand.Outcome outcome = new WaymarkCommand(folder, Map.of()).run(arguments);

    // Then
    assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
    Set<String> broken = new LinkedHashSet<>();
    for (JsonNode violation : AgentRuns.lines(out)) {
      broken.add(violation.path("rule_id").textValue());
    }
    compare(runs, streams, labels, broken);
  }

  private static void compare(
      AgentRuns runs, List<Path> streams, List<JsonNode> labels, Set<String> broken)
      throws Exception {
    int found = 0;
    List<String> missed = new ArrayList<>();
    Map<String, String> disagreements = new TreeMap<>();
    for (JsonNode label : labels) {
      String runId = label.path("run_id").textValue();
      boolean saysMissing = saysMissing(label);
      boolean isBroken = broken.contains(ReferenceActions.ruleId(runId));
      if (saysMissing && isBroken) {
        found++;
      } else if (saysMissing) {
        missed.add(runId);
      } else if (isBroken && !label.path("action_checks").isEmpty()) {
        disagreements.put(runId, reason(runs, streams, label));
      }
    }
    double precision = (double) found / (found + disagreements.size());
    System.out.println(
        "missing steps: "
            + found
            + " runs found, "
            + missed.size()
            + " missed, precision "
            + precision);
    disagreements.forEach((runId, reason) -> System.out.println("  " + runId + ": " + reason));
    assertThat(found).isPositive();
    assertThat(missed).isEmpty();
    assertThat(precision).isGreaterThanOrEqualTo(LEAST_PRECISION);
    assertThat(disagreements.values())
        .allMatch(reason -> reason.startsWith("transfer_to_human_agents: the label takes any"));
  }

  private static boolean saysMissing(JsonNode label) {
    for (JsonNode check : label.path("action_checks")) {
      if (!check.path("match").booleanValue()) {
        return true;
      }
    }
    return false;
  }

  /** Which reference action the label holds for done although no call had its arguments. */
  private static String reason(AgentRuns runs, List<Path> streams, JsonNode label)
      throws Exception {
    String runId = label.path("run_id").textValue();
    List<String> reasons = new ArrayList<>();
    for (JsonNode action : label.path("expected_actions")) {
      List<JsonNode> calls = calls(streams, runId, action.path("name").textValue());
      if (calls.stream().noneMatch(call -> hasArguments(call, action))) {
        reasons.add(
            action.path("name").textValue()
                + ": the label takes any "
                + differing(calls, action)
                + ", the rule "
                + action.path("arguments"));
      }
    }
    return String.join("; ", reasons);
  }

  private static List<JsonNode> calls(List<Path> streams, String runId, String action)
      throws Exception {
    List<JsonNode> calls = new ArrayList<>();
    for (Path stream : streams) {
      for (JsonNode event : AgentRuns.lines(stream)) {
        if (runId.equals(event.at("/meta/run_id").textValue())
            && action.equals(event.at("/payload/action").textValue())) {
          calls.add(event.at("/payload/params"));
        }
      }
    }
    return calls;
  }

  private static boolean hasArguments(JsonNode call, JsonNode action) {
    return action.path("arguments").properties().stream()
        .allMatch(argument -> argument.getValue().equals(call.path(argument.getKey())));
  }

  private static String differing(List<JsonNode> calls, JsonNode action) {
    return action.path("arguments").properties().stream()
        .filter(
            argument ->
                calls.stream()
                    .noneMatch(c -> c.path(argument.getKey()).equals(argument.getValue())))
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", "));
  }
}
