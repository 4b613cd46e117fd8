package dev.waymark.jobs.validation;

import dev.waymark.jobs.engine.OutcomeDelta;

/**
 * How a rule version has fared in a tenant so far: a row of the store's table {@code
 * rule_outcomes}.
 */
public record OutcomeRow(
    String tenant,
    String ruleId,
    String ruleVersion,
    long cases,
    long activations,
    long held,
    long vacuous,
    long broken,
    long violations) {

  static OutcomeRow of(OutcomeDelta delta) {
    return new OutcomeRow(
        delta.tenant(),
        delta.ruleId(),
        delta.ruleVersion(),
        delta.cases(),
        delta.activations(),
        delta.held(),
        delta.vacuous(),
        delta.broken(),
        delta.violations());
  }

  OutcomeRow plus(OutcomeDelta delta) {
    return new OutcomeRow(
        tenant,
        ruleId,
        ruleVersion,
        cases + delta.cases(),
        activations + delta.activations(),
        held + delta.held(),
        vacuous + delta.vacuous(),
        broken + delta.broken(),
        violations + delta.violations());
  }

  /** Two tenants' outcomes of a rule version together. */
  public OutcomeRow plus(OutcomeRow other) {
    return new OutcomeRow(
        tenant,
        ruleId,
        ruleVersion,
        cases + other.cases,
        activations + other.activations,
        held + other.held,
        vacuous + other.vacuous,
        broken + other.broken,
        violations + other.violations);
  }

  /** Cases that are not decided yet. */
  long open() {
    return cases - held - vacuous - broken;
  }

  /** Grows with all that is counted, so that of two rows the later one is told. */
  long revision() {
    return cases + activations + held + vacuous + broken + violations;
  }
}
