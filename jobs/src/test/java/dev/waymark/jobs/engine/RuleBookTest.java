package dev.waymark.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.rule.RuleParser;
import org.junit.jupiter.api.Test;

class RuleBookTest {
  private static final String EXISTENCE =
      "{version: 1, rules: [{id: a, kind: missing_step, template: existence, activation: {type: error}}]}";
  private static final String PROFILE =
      "{version: 1, rules: [{id: a, kind: timelag, template: profile, activation: {type: error}, target: {type: error}}]}";

  @Test
  void refusesATemplateItDoesNotJudgeAndKeepsWhatIsInForce() throws Exception {
    RuleBook book = new RuleBook(failed -> {});
    Rule known = RuleParser.parse(EXISTENCE).get(0);
    book.add(RuleChange.of(known, 1, RuleChange.BEGINNING), 0);
    Rule unknown = RuleParser.parse(PROFILE).get(0);

    assertThatThrownBy(() -> book.add(RuleChange.of(unknown, 2, RuleChange.BEGINNING), 1))
        .isInstanceOf(InvalidRulesException.class)
        .hasMessageContaining("template: profile is not judged by this engine yet");

    assertThat(book.configs(Rule.RUN_KEY, "default", 0)).containsExactly(known.caseConfig());
  }
}
