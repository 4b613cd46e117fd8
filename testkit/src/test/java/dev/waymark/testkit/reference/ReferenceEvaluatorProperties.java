package dev.waymark.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.testkit.random.Arrivals;
import dev.waymark.testkit.random.RandomRules;
import dev.waymark.testkit.random.RandomTraces;
import dev.waymark.testkit.random.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ReferenceEvaluatorProperties {

  @Property(tries = 200)
  void orderOfArrivalChangesNothing(
      @ForAll("rules") List<Rule> rules, @ForAll("traces") Trace trace, @ForAll long seed) {
    List<Event> shuffled = new ArrayList<>(trace.events());
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(ReferenceEvaluator.judge(rules, shuffled, trace.finalizes()))
        .isEqualTo(ReferenceEvaluator.judge(rules, trace.events(), trace.finalizes()));
  }

  @Property(tries = 200)
  void repeatsAddNothing(
      @ForAll("rules") List<Rule> rules, @ForAll("traces") Trace trace, @ForAll long seed) {
    List<Event> repeated = Arrivals.withRepeats(trace.events(), new Random(seed));

    assertThat(ReferenceEvaluator.judge(rules, repeated, trace.finalizes()))
        .isEqualTo(ReferenceEvaluator.judge(rules, trace.events(), trace.finalizes()));
  }

  /** Nothing is judged before it happened or after the case was over. */
  @Property(tries = 200)
  void everyMomentLiesInsideItsCaseAndBehindItsEvidence(
      @ForAll("rules") List<Rule> rules, @ForAll("traces") Trace trace) {
    for (Verdict verdict : ReferenceEvaluator.judge(rules, trace.events(), trace.finalizes())) {
      for (Finding finding : verdict.findings()) {
        assertThat(finding.timeMicros())
            .isBetween(verdict.caseId().timeMicros(), verdict.endMicros());
        assertThat(finding.evidence())
            .allMatch(witness -> witness.timeMicros() <= finding.timeMicros());
      }
    }
  }

  /** Two findings of a case that nothing tells apart would be one row in a store. */
  @Property(tries = 200)
  void noFindingIsReportedTwiceExceptOfAnEventThatIsActivationAndTarget(
      @ForAll("rules") List<Rule> rules, @ForAll("traces") Trace trace) {
    for (Verdict verdict : ReferenceEvaluator.judge(rules, trace.events(), trace.finalizes())) {
      Rule rule =
          rules.stream().filter(one -> one.id().equals(verdict.ruleId())).findFirst().orElseThrow();
      boolean judgesTargetsToo =
          switch (rule.template()) {
            case SUCCESSION, ALTERNATE_SUCCESSION, CHAIN_SUCCESSION -> true;
            default -> false;
          };
      if (!judgesTargetsToo) {
        assertThat(verdict.findings()).doesNotHaveDuplicates();
      }
    }
  }

  @Provide
  Arbitrary<List<Rule>> rules() {
    return RandomRules.sets(4);
  }

  @Provide
  Arbitrary<Trace> traces() {
    return RandomTraces.small();
  }
}
