package dev.waymark.jobs.engine;

import dev.waymark.schemas.violation.Evidence;

/** An event that proves a violation, and what it is in the rule. */
public record Proof(Mark mark, String role) {
  Evidence evidence() {
    String identity = mark.identity() != null ? mark.identity() : "seq:" + mark.seq();
    return new Evidence(mark.runId(), mark.seq(), mark.timeMicros(), identity, role);
  }
}
