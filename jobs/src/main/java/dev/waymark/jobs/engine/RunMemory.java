package dev.waymark.jobs.engine;

import java.util.HashMap;
import java.util.Map;

/**
 * What is known of a run beside its cases: its events' identities and its calls, until the horizon
 * has passed.
 */
final class RunMemory {
  final RunIdentities identities;

  /** Calls by how long judging settles: each of these sees the run's events at its own time. */
  final Map<Long, ActionJoin> joins = new HashMap<>(2);

  /** When all this may be forgotten, µs. */
  long forgetAtMicros = Long.MIN_VALUE;

  RunMemory(RunIdentities identities) {
    this.identities = identities;
  }

  ActionJoin join(long settleMicros) {
    return joins.computeIfAbsent(settleMicros, settle -> new ActionJoin());
  }
}
