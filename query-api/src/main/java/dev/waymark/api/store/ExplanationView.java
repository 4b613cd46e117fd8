package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How every rule stands to a run, as the engine says.
 *
 * @param state finished; queued or running: ask again soon
 * @param asOf how far time had come: what is due later is pending; null until finished
 * @param rules those in force at the run's first event, and in scope
 * @param notApplied all others, each with the reason
 */
@Introspected
public record ExplanationView(
    String state,
    String tenant,
    String runId,
    @Nullable Instant asOf,
    List<AppliedRuleView> rules,
    List<OtherRuleView> notApplied) {

  /**
   * A rule that the run is judged by.
   *
   * @param state held, broken, vacuous, open, vacuous_so_far, superseded, or learnt_from_all_runs
   *     where this run alone does not say
   * @param cases of the run; an event after a case's end begins another
   * @param violations each with its evidence
   * @param pending what it waits for
   */
  @Introspected
  public record AppliedRuleView(
      String ruleId,
      String ruleVersion,
      String kind,
      String template,
      String severity,
      String mode,
      String state,
      long cases,
      long activations,
      long held,
      long vacuous,
      long broken,
      long open,
      List<RawJson> violations,
      List<PendingView> pending) {}

  /**
   * What a rule waits for.
   *
   * @param since the event that made it wait; null: the case itself
   * @param dueAt when waiting ends; null: silence does not end it
   */
  @Introspected
  public record PendingView(String waitsFor, @Nullable SinceView since, @Nullable Instant dueAt) {}

  /**
   * An event that waits for its answer.
   *
   * @param correlation what the answer must share with it, if anything
   */
  @Introspected
  public record SinceView(long seq, Instant t, @Nullable String correlation) {}

  /**
   * A rule that the run is not judged by.
   *
   * @param ruleVersion in force at the run's first event; null: none was
   * @param caseKeys of a rule whose cases are no runs: those that the run's events are in
   */
  @Introspected
  public record OtherRuleView(
      String ruleId,
      @Nullable String ruleVersion,
      int number,
      String reason,
      @Nullable List<String> caseKeys) {}
}
