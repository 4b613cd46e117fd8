package dev.waymark.schemas.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleParserTest {
  private static final String SET =
      """
      version: 1
      case: { timeout: PT30M, grace: PT10S, settle: PT0S }
      rules:
        - id: tool-call-answered
          kind: timelag
          template: response
          activation: { type: action_request, not: { action: respond } }
          target:     { type: action_response }
          correlate:  [ meta.call_id ]
          within:     { max: PT30S }
          tags: [ "soc2:CC7.2" ]
        - id: refund-workflow
          kind: missing_step
          template: steps
          when:  { type: action_request, action: refund_order }
          steps: [ { type: action_request, action: notify_user }, { actor: user, where: 'event.payload.result == "yes"' } ]
          ordered: true
        - id: no-runaway-loop
          kind: frequency
          template: absence
          activation: { type: action_request }
          n: 21
          window: PT60S
          key: [ agent ]
        - id: exfiltration
          kind: sequence
          template: pattern
          steps:
            - { name: read,  match: { type: action_response, action: "read_*" } }
            - { name: quiet, match: { actor: user }, absent: true }
            - { name: send,  match: { type: action_request, action: "send_*" }, times: {min: 1, max: 5}, where: 'step.read[0].seq < event.seq' }
          within: { max: PT10M }
      """;

  @Test
  void readsRulesAndTheirCanonicalFormBack() throws Exception {
    List<Rule> rules = RuleParser.parse(SET);

    assertThat(rules).hasSize(4);
    assertThat(rules.get(0).within()).isEqualTo(new Within(0, 30_000_000));
    for (Rule rule : rules) {
      assertThat(RuleParser.parseRule(RuleJson.canonical(rule))).isEqualTo(rule);
      RuleChange change = RuleChange.of(rule, 1, 1_700_000_000_000_001L);
      assertThat(RuleChange.decode(change.encode())).isEqualTo(change);
    }
  }

  @Test
  void givesTwoSpellingsOfARuleOneVersion() throws Exception {
    String plain =
        "{version: 1, rules: [{id: a, kind: missing_step, template: existence, activation: {type: error}}]}";
    String spelt =
        "{version: 1, rules: [{id: a, template: existence, kind: missing_step, n: 1, severity: ERROR, key: run,"
            + " case: {timeout: PT1800S}, activation: {type: [error]}, mode: active}]}";

    assertThat(RuleParser.parse(spelt).get(0).version())
        .isEqualTo(RuleParser.parse(plain).get(0).version());
  }

  @Test
  void reportsEveryProblemWithItsPath() {
    String bad =
        """
        version: 2
        rules:
          - { id: A b, kind: sequence, template: response, activation: {type: nonsense}, n: 0, colour: red }
          - { id: x, kind: timelag, template: response, activation: {}, target: {}, within: {max: PT0S} }
          - { id: x, kind: frequency, template: absence, activation: {where: 'event.seq +'}, n: 0 }
          - { id: y, kind: missing_step, template: existence, activation: {}, key: agent, case: {timeout: none} }
        """;

    InvalidRulesException refused =
        catchThrowableOfType(InvalidRulesException.class, () -> RuleParser.parse(bad));

    assertThat(refused.problems())
        .extracting(Problem::path)
        .contains(
            "version",
            "rules[0].id",
            "rules[0].activation.type",
            "rules[0].target",
            "rules[0].n",
            "rules[0].colour",
            "rules[1].within.max",
            "rules[2].id",
            "rules[2].activation.where",
            "rules[2].n",
            "rules[3].case.timeout");
    assertThat(refused).hasMessageContaining("rules[1].within.max: must be positive, was PT0S");
  }
}
