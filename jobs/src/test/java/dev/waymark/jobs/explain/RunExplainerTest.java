package dev.waymark.jobs.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.jobs.engine.EngineLimits;
import dev.waymark.jobs.engine.RuleRecord;
import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.testkit.Events;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunExplainerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SECOND = 1_000_000;

  private static final String ANSWERED =
      """
      { id: answered, kind: timelag, template: response, activation: {type: action_request},
        target: {type: action_response}, correlate: [meta.call_id], within: {max: PT30S} }""";
  private static final String ENDS =
      "{ id: ends, kind: missing_step, template: existence, activation: {type: final_output} }";

  private final List<RuleRecord> rules = new ArrayList<>();

  @Test
  void tellsWhatAnOpenRunWaitsForAndUntilWhen() throws Exception {
    // Given
    inForce(RuleChange.BEGINNING, ANSWERED, ENDS);
    List<Decoded> run =
        List.of(
            Events.request("look_up").seq(1).at(0).callId("c1").build(),
            Events.response("success").seq(2).at(1_000).callId("c1").build(),
            Events.request("book").seq(3).at(2_000).callId("c2").build());

    // When
    JsonNode explained = explain(run, 10);

    // Then
    JsonNode answered = rule(explained, "answered");
    assertThat(answered.path("state").asText()).isEqualTo("open");
    assertThat(answered.path("activations").asLong()).isEqualTo(2);
    assertThat(answered.path("pending")).hasSize(1);
    JsonNode pending = answered.path("pending").path(0);
    assertThat(pending.path("waits_for").asText()).isEqualTo("action_response");
    assertThat(pending.path("since").path("seq").asLong()).isEqualTo(3);
    assertThat(pending.path("since").path("correlation").asText()).isEqualTo("c2");
    assertThat(pending.path("due_at").asText()).isEqualTo(time(32));
    JsonNode ends = rule(explained, "ends");
    assertThat(ends.path("state").asText()).isEqualTo("open");
    assertThat(ends.path("pending").path(0).path("waits_for").asText())
        .isEqualTo("the end of the case");
    assertThat(ends.path("pending").path(0).path("due_at").asText()).isEqualTo(time(1_802));
  }

  @Test
  void tellsWhatWasBrokenOnceItsTimeHasCome() throws Exception {
    // Given
    inForce(RuleChange.BEGINNING, ANSWERED);
    List<Decoded> run = List.of(Events.request("book").seq(3).at(2_000).callId("c2").build());

    // When
    JsonNode answered = rule(explain(run, 32), "answered");

    // Then
    assertThat(answered.path("state").asText()).isEqualTo("broken");
    assertThat(answered.path("violations")).hasSize(1);
    assertThat(answered.path("violations").path(0).path("t").asText()).isEqualTo(time(32));
    assertThat(answered.path("violations").path(0).path("evidence").path(0).path("seq").asLong())
        .isEqualTo(3);
  }

  @Test
  void tellsTheOutcomesOfAClosedRun() throws Exception {
    // Given
    inForce(RuleChange.BEGINNING, ANSWERED, ENDS);
    List<Decoded> run =
        List.of(
            Events.finalOutput().seq(1).at(0).build(),
            new Finalize("default", "r", Events.START + SECOND));

    // When
    JsonNode explained = explain(run, 2);

    // Then
    assertThat(rule(explained, "ends").path("state").asText()).isEqualTo("held");
    assertThat(rule(explained, "answered").path("state").asText()).isEqualTo("vacuous");
    assertThat(rule(explained, "ends").path("pending")).isEmpty();
    assertThat(rule(explained, "ends").path("cases").asLong()).isEqualTo(1);
  }

  @Test
  void tellsWhyTheOthersDoNotApply() throws Exception {
    // Given
    String init = "kind: sequence, template: init, activation: {type: reasoning}";
    inForce(RuleChange.BEGINNING, "{ id: disabled, " + init + ", mode: disabled }");
    inForce(RuleChange.BEGINNING, "{ id: other-agent, " + init + ", scope: {agent: 'x-*'} }");
    inForce(RuleChange.BEGINNING, "{ id: other-tenant, " + init + ", scope: {tenant: acme} }");
    inForce(
        RuleChange.BEGINNING,
        "{ id: by-agent, kind: frequency, template: absence, activation: {}, n: 9, key: [agent] }");
    inForce(Events.START + 60 * SECOND, "{ id: later, " + init + " }");
    List<Decoded> run = List.of(Events.request("book").seq(1).at(0).agent("bot").build());

    // When
    JsonNode others = explain(run, 100).path("not_applied");

    // Then
    assertThat(others.findValuesAsText("rule_id"))
        .containsExactly("by-agent", "disabled", "later", "other-agent", "other-tenant");
    assertThat(others.findValuesAsText("reason"))
        .containsExactly(
            "its cases are no runs but keyed by agent",
            "it was disabled, at " + Times.format(RuleChange.BEGINNING),
            "it came into force later, at " + time(60),
            "its scope is agent x-*",
            "its scope is tenant acme");
    assertThat(others.path(0).path("case_keys").path(0).asText()).isEqualTo("bot");
  }

  @Test
  void keepsTheVersionThatTheRunBeganWith() throws Exception {
    // Given
    inForce(RuleChange.BEGINNING, ENDS);
    String first = rules.get(0).json();
    inForce(
        Events.START + 5 * SECOND,
        "{ id: ends, kind: missing_step, template: existence, activation: {type: error} }");
    List<Decoded> run =
        List.of(
            Events.request("book").seq(1).at(0).build(),
            Events.request("book").seq(2).at(10_000).build());

    // When
    JsonNode ends = rule(explain(run, 20), "ends");

    // Then
    assertThat(ends.path("rule_version").asText()).isEqualTo(RuleChange.decode(first).version());
  }

  private void inForce(long atMicros, String... set) throws Exception {
    String text = "version: 1\nrules:\n- " + String.join("\n- ", set);
    for (Rule rule : RuleParser.parse(text)) {
      int number = 1 + (int) rules.stream().filter(known -> isOf(known, rule)).count();
      rules.add(new RuleRecord(rules.size(), RuleChange.of(rule, number, atMicros).encode()));
    }
  }

  private static boolean isOf(RuleRecord record, Rule rule) {
    return RuleChange.decode(record.json()).ruleId().equals(rule.id());
  }

  private JsonNode explain(List<Decoded> run, long afterSeconds) throws Exception {
    return JSON.readTree(
        RunExplainer.explain(
            run, rules, EngineLimits.DEFAULT, Events.START + afterSeconds * SECOND));
  }

  private static JsonNode rule(JsonNode explained, String id) {
    for (JsonNode rule : explained.path("rules")) {
      if (rule.path("rule_id").asText().equals(id)) {
        return rule;
      }
    }
    throw new AssertionError("no rule " + id + " in " + explained);
  }

  private static String time(long afterSeconds) {
    return Times.format(Events.START + afterSeconds * SECOND);
  }
}
