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

  @Test
  void refusesWhatIsNoRuleAndKeepsWhatIsInForce() throws Exception {
    RuleBook book = new RuleBook(failed -> {});
    Rule known = RuleParser.parse(EXISTENCE).get(0);
    book.add(RuleChange.of(known, 1, RuleChange.BEGINNING), 0);
    RuleChange bad = new RuleChange("a", 2, "x", RuleChange.BEGINNING, "{\"id\":\"a\"}");

    assertThatThrownBy(() -> book.add(bad, 1))
        .isInstanceOf(InvalidRulesException.class)
        .hasMessageContaining("template");

    assertThat(book.configs(Rule.RUN_KEY, "default", 0)).containsExactly(known.caseConfig());
  }
}
