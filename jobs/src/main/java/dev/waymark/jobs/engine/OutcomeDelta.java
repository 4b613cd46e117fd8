package dev.waymark.jobs.engine;

/**
 * What to add to the outcomes of a rule version: cases begun, activations seen, cases decided,
 * violations found.
 */
public record OutcomeDelta(
    String tenant,
    String ruleId,
    String ruleVersion,
    long cases,
    long activations,
    long held,
    long vacuous,
    long broken,
    long violations) {

  boolean isEmpty() {
    return cases == 0
        && activations == 0
        && held == 0
        && vacuous == 0
        && broken == 0
        && violations == 0;
  }

  /** Nothing of a rule version yet. */
  public static OutcomeDelta none(String tenant, String ruleId, String ruleVersion) {
    return new OutcomeDelta(tenant, ruleId, ruleVersion, 0, 0, 0, 0, 0, 0);
  }

  /** Both together. */
  public OutcomeDelta plus(OutcomeDelta other) {
    return new OutcomeDelta(
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
  public long open() {
    return cases - held - vacuous - broken;
  }
}
