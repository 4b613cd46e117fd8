package dev.waymark.jobs.engine;

/**
 * Outcomes of the rules of one index in the cases of one tenant, since it was last emptied. Rules
 * that a case never touched cost nothing: they are what remains of the cases.
 */
final class Tally {
  final String tenant;
  final RuleIndex rules;

  /** Cases begun and ended that concern every rule without an agent scope. */
  long opened;

  long closed;

  final long[] scopedOpened;
  final long[] scopedClosed;
  final long[] superseded;
  final long[] startedLater;

  /** Cases in which a touched rule was decided, by rule. */
  final long[] decided;

  final long[] held;
  final long[] vacuous;
  final long[] broken;
  final long[] activations;
  final long[] violations;

  Tally(String tenant, RuleIndex rules) {
    int size = rules.rules.length;
    this.tenant = tenant;
    this.rules = rules;
    this.scopedOpened = new long[size];
    this.scopedClosed = new long[size];
    this.superseded = new long[size];
    this.startedLater = new long[size];
    this.decided = new long[size];
    this.held = new long[size];
    this.vacuous = new long[size];
    this.broken = new long[size];
    this.activations = new long[size];
    this.violations = new long[size];
  }

  /**
   * What has come together for a rule; the cases that ended without touching it are vacuous, or
   * held.
   */
  OutcomeDelta outcome(int ordinal) {
    CompiledRule rule = rules.rules[ordinal];
    boolean anyAgent = rule.coversAnyAgent();
    long cases =
        (anyAgent ? opened : scopedOpened[ordinal]) - superseded[ordinal] + startedLater[ordinal];
    long untouched = (anyAgent ? closed : scopedClosed[ordinal]) - decided[ordinal];
    boolean vacuousUntouched = rule.judge.canBeVacuous();
    return new OutcomeDelta(
        tenant,
        rule.rule.id(),
        rule.version,
        cases,
        vacuousUntouched ? activations[ordinal] : cases,
        held[ordinal] + (vacuousUntouched ? 0 : untouched),
        vacuous[ordinal] + (vacuousUntouched ? untouched : 0),
        broken[ordinal],
        violations[ordinal]);
  }
}
