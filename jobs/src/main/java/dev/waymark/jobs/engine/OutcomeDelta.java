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
}
