package dev.waymark.testkit.reference;

import java.util.Arrays;
import java.util.List;

/** A rule broken at a moment, before it is known which case and rule it is about. */
record Break(long timeMicros, List<Occurrence> evidence) {
  static Break at(long timeMicros, Occurrence... evidence) {
    return new Break(timeMicros, List.copyOf(Arrays.asList(evidence)));
  }
}
