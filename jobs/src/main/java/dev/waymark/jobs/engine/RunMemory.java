package dev.waymark.jobs.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a run beside its cases: its events' identities and its calls, until the horizon
 * has passed.
 */
final class RunMemory {
  /** The calls as cases see them that settle for so long. */
  record Join(long settleMicros, ActionJoin calls) {}

  final RunIdentities identities;

  /** Calls by how long judging settles: each of these sees the run's events at its own time. */
  final List<Join> joins = new ArrayList<>(1);

  /** When all this may be forgotten, µs. */
  long forgetAtMicros = Long.MIN_VALUE;

  RunMemory(RunIdentities identities) {
    this.identities = identities;
  }

  ActionJoin join(long settleMicros) {
    for (Join join : joins) {
      if (join.settleMicros == settleMicros) {
        return join.calls;
      }
    }
    Join added = new Join(settleMicros, new ActionJoin());
    joins.add(added);
    return added.calls;
  }
}
