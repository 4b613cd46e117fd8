package dev.waymark.jobs.engine.cep;

import dev.waymark.schemas.rule.Step.Contiguity;

/**
 * A step of a form that takes events.
 *
 * @param follows how its first event follows the part before; its repetitions are relaxed
 * @param absentBefore what may not come between the part before and this one
 */
record Part(
    EventTest test,
    Contiguity follows,
    int minTimes,
    int maxTimes,
    boolean optional,
    Absence absentBefore) {

  /** A part that takes one event and must. */
  static Part single(EventTest test, Contiguity follows) {
    return new Part(test, follows, 1, 1, false, Absence.OF_NOTHING);
  }

  /** The name under which flink-cep's buffer keeps what the i-th part took. */
  static String page(int part) {
    return Integer.toString(part);
  }
}
