package dev.waymark.jobs.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule remembers of a case. One shape for all templates, so that one codec stores them all;
 * what the parts stand for is each judge's own. Absent until the rule is first touched.
 */
public final class RuleState {
  /** First event under this version where the rule changed in mid-case; null: the case's first. */
  @Nullable Mark start;

  /** Activations so far. */
  public long activations;

  /** Violations so far. */
  public long violations;

  /** Bits whose meaning is the judge's. */
  public int flags;

  /** A count whose meaning is the judge's. */
  public long count;

  /** Activations that wait for their verdict, oldest first. */
  public final List<Mark> pending = new ArrayList<>(2);

  /** Events seen that a later verdict needs, oldest first. */
  public final List<Mark> seen = new ArrayList<>(2);

  /** What is broken already in a case that no agent in scope has entered yet. */
  final List<Deferred> deferred = new ArrayList<>(0);

  /** A violation that waits for the case to concern the rule. */
  record Deferred(long timeMicros, List<Proof> proofs, String message, Map<String, String> facts) {}

  /** The partial matches of flink-cep's NFA; null: there are none. */
  public @Nullable MatcherState matcher;

  /** Whether it has had the event being judged already; transient. */
  boolean judgedNow;

  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  public void set(int flag) {
    flags |= flag;
  }

  public void clear(int flag) {
    flags &= ~flag;
  }

  boolean isBroken() {
    return violations > 0;
  }
}
