package dev.waymark.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Template;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.testkit.random.RandomRules;
import dev.waymark.testkit.random.RandomTraces;
import dev.waymark.testkit.random.Trace;
import dev.waymark.testkit.reference.Finding;
import dev.waymark.testkit.reference.Outcome;
import dev.waymark.testkit.reference.ReferenceEvaluator;
import dev.waymark.testkit.reference.Verdict;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The engine says what the definitions say, on random rules and random logs. */
class EngineProperties {

  @Property(tries = 1_000)
  void findsWhatTheDefinitionsSay(@ForAll("rules") Rule rule, @ForAll("traces") Trace trace)
      throws Exception {
    assertSaysWhatTheDefinitionsSay(rule, trace);
  }

  @Property(tries = 1_000)
  void rememberingInStateChangesNothing(@ForAll("rules") Rule rule, @ForAll("traces") Trace trace)
      throws Exception {
    assertStateChangesNothing(rule, trace);
  }

  @Property(tries = 500)
  void findsWhatTheDefinitionsSayOfWhatWasLearnt(
      @ForAll("learningRules") Rule rule, @ForAll("learnableTraces") Trace trace) throws Exception {
    assertSaysWhatTheDefinitionsSay(rule, trace);
  }

  @Property(tries = 200)
  void rememberingWhatWasLearntInStateChangesNothing(
      @ForAll("learningRules") Rule rule, @ForAll("learnableTraces") Trace trace) throws Exception {
    assertStateChangesNothing(rule, trace);
  }

  static void assertStateChangesNothing(Rule rule, Trace trace) throws Exception {
    EngineRun inMemory = EngineRun.of(List.of(rule), records(trace));

    EngineRun restoring = EngineRun.of(List.of(rule), records(trace), true);

    assertThat(restoring.violations).containsExactlyInAnyOrderElementsOf(inMemory.violations);
    assertThat(restoring.outcomes).isEqualTo(inMemory.outcomes);
  }

  static void assertSaysWhatTheDefinitionsSay(Rule rule, Trace trace) throws Exception {
    EngineRun run = EngineRun.of(List.of(rule), records(trace));

    List<Verdict> expected =
        ReferenceEvaluator.judge(List.of(rule), trace.events(), trace.finalizes());
    assertThat(run.violations.stream().map(EngineProperties::fact))
        .containsExactlyInAnyOrderElementsOf(
            expected.stream()
                .flatMap(verdict -> verdict.findings().stream())
                .map(EngineProperties::fact)
                .toList());
    assertThat(run.violations).extracting(Violation::violationId).doesNotHaveDuplicates();
    assertOutcomes(run, expected);
  }

  private static void assertOutcomes(EngineRun run, List<Verdict> expected) {
    long cases = run.outcomes.values().stream().mapToLong(OutcomeDelta::cases).sum();
    long held = run.outcomes.values().stream().mapToLong(OutcomeDelta::held).sum();
    long vacuous = run.outcomes.values().stream().mapToLong(OutcomeDelta::vacuous).sum();
    long broken = run.outcomes.values().stream().mapToLong(OutcomeDelta::broken).sum();
    long activations = run.outcomes.values().stream().mapToLong(OutcomeDelta::activations).sum();
    assertThat(List.of(cases, held, vacuous, broken, activations))
        .as("cases, held, vacuous, broken, activations")
        .isEqualTo(
            List.of(
                (long) expected.size(),
                count(expected, Outcome.HELD),
                count(expected, Outcome.VACUOUS),
                count(expected, Outcome.BROKEN),
                expected.stream().mapToLong(Verdict::activations).sum()));
  }

  private static long count(List<Verdict> verdicts, Outcome outcome) {
    return verdicts.stream().filter(verdict -> verdict.outcome() == outcome).count();
  }

  private static String fact(Violation violation) {
    List<String> evidence =
        violation.evidence().stream()
            .map(item -> item.runId() + "/" + item.identity())
            .sorted()
            .toList();
    return violation.ruleId()
        + " "
        + violation.caseId()
        + " at "
        + Times.format(violation.timeMicros())
        + " "
        + evidence;
  }

  private static String fact(Finding finding) {
    List<String> evidence =
        finding.evidence().stream()
            .map(item -> item.runId() + "/" + item.identity())
            .sorted()
            .toList();
    String caseId =
        finding.caseKey()
            + "@"
            + Times.format(finding.caseId().timeMicros())
            + "/"
            + finding.caseId().runId()
            + "/"
            + finding.caseId().seq();
    return finding.ruleId()
        + " "
        + caseId
        + " at "
        + Times.format(finding.timeMicros())
        + " "
        + evidence;
  }

  static List<Decoded> records(Trace trace) {
    List<Decoded> records = new ArrayList<>(trace.events());
    records.addAll(trace.finalizes());
    return records;
  }

  @Provide
  Arbitrary<Rule> rules() {
    return RandomRules.any();
  }

  @Provide
  Arbitrary<Rule> learningRules() {
    return Arbitraries.of(Template.PROFILE, Template.ANOMALY).flatMap(RandomRules::of);
  }

  @Provide
  Arbitrary<Trace> learnableTraces() {
    return RandomTraces.learnable();
  }

  @Provide
  Arbitrary<Trace> traces() {
    return RandomTraces.small();
  }
}
