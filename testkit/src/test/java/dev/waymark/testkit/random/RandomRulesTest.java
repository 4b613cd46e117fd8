package dev.waymark.testkit.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Template;
import dev.waymark.testkit.reference.Outcome;
import dev.waymark.testkit.reference.ReferenceEvaluator;
import dev.waymark.testkit.reference.Verdict;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomRulesTest {
  private static final int PAIRS = 2_000;
  private static final Set<Outcome> BOTH = EnumSet.of(Outcome.HELD, Outcome.BROKEN);

  /** A generator whose rules always hold, or never, would prove nothing. */
  @ParameterizedTest
  @EnumSource(Template.class)
  void rulesOfEveryTemplateNowHoldAndNowBreak(Template template) {
    // Given
    Iterator<Rule> rules = RandomRules.of(template).sampleStream().iterator();
    Iterator<Trace> traces = tracesFor(template).sampleStream().iterator();
    Set<Outcome> seen = EnumSet.noneOf(Outcome.class);

    // When
    for (int i = 0; i < PAIRS && !seen.containsAll(BOTH); i++) {
      Trace trace = traces.next();
      ReferenceEvaluator.judge(List.of(rules.next()), trace.events(), trace.finalizes()).stream()
          .map(Verdict::outcome)
          .forEach(seen::add);
    }

    // Then
    assertThat(seen).containsAll(BOTH);
  }

  private static Arbitrary<Trace> tracesFor(Template template) {
    return switch (template) {
      case PROFILE, ANOMALY -> RandomTraces.learnable();
      default -> RandomTraces.small();
    };
  }
}
