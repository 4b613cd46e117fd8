package dev.waymark.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.jobs.engine.cep.TemplateJudge;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Template;
import dev.waymark.testkit.random.RandomRules;
import dev.waymark.testkit.random.RandomTraces;
import dev.waymark.testkit.random.Trace;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A template's own judge and its form on flink-cep's NFA say the same, to the last word. */
class MatcherProperties {
  private static final Set<Template> WITH_A_FORM =
      EnumSet.of(
          Template.ABSENCE,
          Template.RESPONSE,
          Template.CHAIN_RESPONSE,
          Template.NOT_SUCCESSION,
          Template.NOT_CHAIN_SUCCESSION,
          Template.STEPS);

  @Property(tries = 500)
  void bothMatchersSayTheSame(@ForAll("rules") Rule rule, @ForAll("traces") Trace trace)
      throws Exception {
    EngineRun direct = EngineRun.of(List.of(rule), EngineProperties.records(trace));

    EngineRun cep =
        EngineRun.of(List.of(rule), EngineProperties.records(trace), false, Matching.CEP);

    assertThat(cep.violations).containsExactlyInAnyOrderElementsOf(direct.violations);
    assertThat(cep.outcomes).isEqualTo(direct.outcomes);
  }

  @Property(tries = 150)
  void rememberingInStateChangesNothing(@ForAll("rules") Rule rule, @ForAll("traces") Trace trace)
      throws Exception {
    EngineRun inMemory =
        EngineRun.of(List.of(rule), EngineProperties.records(trace), false, Matching.CEP);

    EngineRun restoring =
        EngineRun.of(List.of(rule), EngineProperties.records(trace), true, Matching.CEP);

    assertThat(restoring.violations).containsExactlyInAnyOrderElementsOf(inMemory.violations);
    assertThat(restoring.outcomes).isEqualTo(inMemory.outcomes);
  }

  @Provide
  Arbitrary<Rule> rules() {
    return Arbitraries.of(WITH_A_FORM)
        .flatMap(
            template ->
                RandomRules.of(template).filter(rule -> TemplateJudge.of(rule).isPresent()));
  }

  @Provide
  Arbitrary<Trace> traces() {
    return RandomTraces.small();
  }
}
