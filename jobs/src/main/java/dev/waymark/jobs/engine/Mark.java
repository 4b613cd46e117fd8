package dev.waymark.jobs.engine;

import dev.waymark.schemas.event.Event;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a rule remembers of an event: where it stands in its case, when it was, how to find it
 * again, and what it correlates with.
 *
 * @param position of the event in its case, from 0
 * @param agent whose it is; null: the agent of the case's first event
 * @param identity the idempotency key; null: {@code seq:} and the number
 * @param correlation the values it must share with its counterpart; null: it correlates with
 *     nothing
 * @param progress of a {@code steps} rule: the steps seen so far; else 0
 */
public record Mark(
    long position,
    long timeMicros,
    String runId,
    long seq,
    @Nullable String agent,
    @Nullable String identity,
    @Nullable String correlation,
    long progress) {

  /** What rules without {@code correlate} use: everything correlates with everything. */
  public static final String UNCORRELATED = "";

  static Mark of(
      Event event, long position, @Nullable String firstAgent, @Nullable String correlation) {
    String agent = event.agentId().equals(firstAgent) ? null : event.agentId();
    return new Mark(
        position,
        event.timeMicros(),
        event.runId(),
        event.seq(),
        agent,
        event.idempotencyKey(),
        correlation,
        0);
  }

  public Mark withProgress(long steps) {
    return new Mark(position, timeMicros, runId, seq, agent, identity, correlation, steps);
  }

  public boolean correlatesWith(@Nullable String other) {
    return correlation != null && Objects.equals(correlation, other);
  }

  /**
   * When the first of these is {@code spanMicros} old; {@link Long#MAX_VALUE} where there is none.
   * Late ones stand last.
   */
  public static long earliestPlus(List<Mark> marks, long spanMicros) {
    long earliest = Long.MAX_VALUE;
    for (Mark mark : marks) {
      earliest = Math.min(earliest, mark.timeMicros + spanMicros);
    }
    return earliest;
  }

  public Proof as(String role) {
    return new Proof(this, role);
  }
}
