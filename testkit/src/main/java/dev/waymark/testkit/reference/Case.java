package dev.waymark.testkit.reference;

import java.util.List;

/**
 * One finished case: its events in order, at least one, and the moment of its end.
 *
 * @param key the values of the rule's key, as texts
 */
record Case(String tenant, List<String> key, List<Occurrence> events, long end) {
  Occurrence first() {
    return events.get(0);
  }

  Occurrence last() {
    return events.get(events.size() - 1);
  }

  Occurrence at(int position) {
    return events.get(position);
  }

  int size() {
    return events.size();
  }

  /** A deadline's moment: never later than the end. */
  long orEnd(long deadline) {
    return Math.min(deadline, end);
  }

  CaseId id() {
    return new CaseId(first().time(), first().event().runId(), first().event().seq());
  }
}
