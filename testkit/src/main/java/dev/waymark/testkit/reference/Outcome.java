package dev.waymark.testkit.reference;

/** What judging a rule on a finished case came to. */
public enum Outcome {
  /** Nothing happened that the rule is about. */
  VACUOUS,
  HELD,
  BROKEN
}
