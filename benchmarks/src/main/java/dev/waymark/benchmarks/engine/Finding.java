package dev.waymark.benchmarks.engine;

/**
 * A violation, as far as all variants tell the same of it.
 *
 * @param seq the event that broke the rule; 0 where it was the whole run
 */
public record Finding(String rule, String run, int seq) {
  static final String LOOK_UP_BEFORE_BOOKING = "look-up-before-booking";
  static final String NO_CHARGE_AFTER_REFUND = "no-charge-after-refund";
  static final String TOOL_CALL_ANSWERED = "tool-call-answered";
  static final String ENDS_WITH_AN_ANSWER = "ends-with-an-answer";
  static final String REFUND_IS_TOLD = "refund-is-told";
  static final String NO_RUNAWAY_LOOP = "no-runaway-loop";

  @Override
  public String toString() {
    return rule + " " + run + " " + seq;
  }
}
