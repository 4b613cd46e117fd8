package dev.waymark.jobs.engine.cep;

import dev.waymark.jobs.engine.CompiledMatcher;
import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Proof;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.jobs.engine.judge.Hearing;
import dev.waymark.jobs.engine.judge.Judge;
import dev.waymark.jobs.engine.judge.Words;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Step;
import dev.waymark.schemas.rule.Step.Contiguity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code pattern}: the spelt pattern does not occur; with {@code expect} it occurs. One match for
 * each first event, the one that is complete first.
 */
public final class PatternJudge extends AutomatonJudge {
  private final Rule rule;
  private final List<Step> takingSteps;
  private final StepTest firstStep;
  private final boolean stepsAreRead;

  private PatternJudge(Rule rule, List<StepTest> tests) {
    super(form(rule, tests), opening(rule));
    this.rule = rule;
    this.takingSteps = rule.steps().stream().filter(step -> !step.absent()).toList();
    this.firstStep = tests.get(0);
    this.stepsAreRead = tests.stream().anyMatch(StepTest::readsSteps);
  }

  /**
   * @param matchers of the rule's steps
   */
  public static Judge of(Rule rule, List<CompiledMatcher> matchers) {
    return new PatternJudge(rule, StepTest.of(rule, matchers));
  }

  private static Form form(Rule rule, List<StepTest> tests) {
    List<Part> parts = new ArrayList<>();
    Absence absent = Absence.OF_NOTHING;
    for (int i = 0; i < tests.size(); i++) {
      Step step = rule.steps().get(i);
      if (step.absent()) {
        absent = absent.and(absence(step, tests.get(i)));
      } else {
        parts.add(
            new Part(
                tests.get(i),
                step.follows(),
                step.minTimes(),
                step.maxTimes(),
                step.optional(),
                absent));
        absent = Absence.OF_NOTHING;
      }
    }
    long maxMicros = rule.within() == null ? Form.UNBOUNDED : rule.within().maxMicros();
    return new Form(List.copyOf(parts), absent, maxMicros, false);
  }

  private static Absence absence(Step step, EventTest test) {
    return step.follows() == Contiguity.STRICT
        ? new Absence(List.of(), List.of(test))
        : new Absence(List.of(test), List.of());
  }

  /** A match may begin with the first step, or where that is optional with the next. */
  private static long opening(Rule rule) {
    long opening = 0;
    for (int i = 0; i < rule.steps().size(); i++) {
      Step step = rule.steps().get(i);
      opening |= step.absent() ? 0 : Judge.step(i);
      if (!step.absent() && !step.optional()) {
        break;
      }
    }
    return opening;
  }

  @Override
  Taken taken(Hearing hearing, EventView event, long symbols) {
    return new Taken(hearing.mark(event), stepsAreRead ? event.event().raw() : null)
        .judged(event, symbols, null);
  }

  @Override
  boolean isActivation(Taken event) {
    return !rule.expect() && firstStep.acceptsAsFirst(event);
  }

  @Override
  void found(Hearing hearing, RuleState state, Match match, long timeMicros) {
    if (rule.expect()) {
      settle(state);
      return;
    }
    List<Proof> evidence = new ArrayList<>();
    for (int i = 0; i < match.events().size(); i++) {
      evidence.add(match.events().get(i).as(takingSteps.get(match.parts().get(i)).name()));
    }
    hearing.broken(
        state,
        timeMicros,
        evidence,
        "the pattern occurred: "
            + evidence.stream()
                .map(proof -> proof.role() + " (seq " + proof.mark().seq() + ")")
                .collect(Collectors.joining(", "))
            + Words.of(rule.within()),
        Map.of("span", Words.duration(match.last().timeMicros() - match.first().timeMicros())));
  }

  @Override
  public void onEnd(Hearing hearing, RuleState state, long endMicros) {
    super.onEnd(hearing, state, endMicros);
    if (rule.expect() && !isSettled(state)) {
      hearing.broken(
          state,
          endMicros,
          List.of(),
          "the pattern did not occur: "
              + takingSteps.stream().map(Step::name).collect(Collectors.joining(", "))
              + Words.of(rule.within()),
          Map.of());
    }
  }

  @Override
  public boolean judgesUntouched() {
    return rule.expect();
  }

  @Override
  public boolean canBeVacuous() {
    return !rule.expect();
  }
}
