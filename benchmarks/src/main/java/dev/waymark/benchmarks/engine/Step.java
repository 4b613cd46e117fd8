package dev.waymark.benchmarks.engine;

/**
 * What hand-written code keeps of an event.
 *
 * @param call {@code meta.call_id}, empty where absent
 * @param kinds what it is to the rules, a bit each
 */
public record Step(String run, int seq, long timeMicros, String call, int kinds) {
  static final int REQUEST = 1;
  static final int RESPONSE = 1 << 1;
  static final int ANSWER = 1 << 2;
  static final int BOOKING = 1 << 3;
  static final int LOOK_UP = 1 << 4;
  static final int REFUND = 1 << 5;
  static final int CHARGE = 1 << 6;
  static final int NOTICE = 1 << 7;

  boolean is(int kind) {
    return (kinds & kind) != 0;
  }

  long timeMs() {
    return Math.floorDiv(timeMicros, 1_000);
  }
}
