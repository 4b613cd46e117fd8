package dev.waymark.jobs.engine;

import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.violation.Evidence;
import java.util.Comparator;

/**
 * A gap that waits for the watermark, in the turn of the event that ended it ({@link Waiting}).
 * Those that one event ended come in the order of their activations, as they were sent.
 */
public record WaitingGap(long turnMicros, boolean isLate, Gap gap) {
  static final Comparator<WaitingGap> IN_TURN =
      Comparator.comparingLong(WaitingGap::turnMicros)
          .thenComparing(WaitingGap::isLate)
          .thenComparing(waiting -> waiting.target().runId())
          .thenComparingLong(waiting -> waiting.target().seq())
          .thenComparing(
              waiting -> waiting.gap.targetKey(), Comparator.nullsFirst(Comparator.naturalOrder()));

  static WaitingGap of(Waiting event, Gap gap) {
    return new WaitingGap(event.turnMicros(), event.isLate(), gap);
  }

  /** What Flink keys it by: all that is learnt together of a tenant's agent. */
  public String partitionKey() {
    return gap.finding().tenant()
        + '\0'
        + Long.toHexString(gap.measure())
        + '\0'
        + gap.finding().agentId();
  }

  /** The watermark, ms, that lets it through. */
  long readyMs() {
    return Times.toMillis(turnMicros);
  }

  private Evidence target() {
    return gap.finding().evidence().get(1);
  }
}
