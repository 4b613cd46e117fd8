package dev.waymark.jobs.engine;

import dev.waymark.jobs.ports.Incoming;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import java.util.Comparator;

/**
 * An event or finalize that waits for the watermark.
 *
 * <p>Its turn comes in the order of the rule language: time, run, seq, idempotency key; a finalize
 * comes after the events of its time. A late event's turn comes when its partition's time had come
 * to where it lay in the log, after all that was in time: so what it meets is a matter of the log,
 * not of when a job reads it.
 *
 * @param key the operator's key
 * @param settleMicros how much longer than the watermark the cases it waits for settle
 * @param turnMicros the time at which the watermark lets it through, µs
 */
record Waiting(String key, Incoming incoming, long settleMicros, long turnMicros) {
  private static final Comparator<Waiting> AT_THE_SAME_TIME =
      Comparator.comparing(Waiting::isLate)
          .thenComparing(waiting -> !(waiting.incoming.decoded() instanceof Event))
          .thenComparing(Waiting::compareEvents);

  Waiting(String key, Incoming incoming, long settleMicros) {
    this(key, incoming, settleMicros, turnOf(incoming) + settleMicros);
  }

  static Comparator<Waiting> inTurn() {
    return Waiting::compareTurns;
  }

  boolean isLate() {
    return incoming.isLate();
  }

  private static long turnOf(Incoming incoming) {
    long own = incoming.decoded() == null ? 0 : incoming.decoded().timeMicros();
    return incoming.isLate() ? Math.max(own, incoming.logTimeMs() * 1_000 + 999) : own;
  }

  /** The watermark, ms, that lets it through. */
  long readyMs() {
    return Times.toMillis(turnMicros());
  }

  /** Times differ as a rule; the rest costs more and is looked at where they do not. */
  private static int compareTurns(Waiting one, Waiting other) {
    int byTime = Long.compare(one.turnMicros, other.turnMicros);
    return byTime != 0 ? byTime : AT_THE_SAME_TIME.compare(one, other);
  }

  private static int compareEvents(Waiting one, Waiting other) {
    if (one.isLate() || !(one.incoming.decoded() instanceof Event a)) {
      return Long.compare(one.incoming.offset(), other.incoming.offset());
    }
    Event b = other.incoming.event();
    int byRun = a.runId().compareTo(b.runId());
    if (byRun != 0) {
      return byRun;
    }
    int bySeq = Long.compare(a.seq(), b.seq());
    return bySeq != 0 ? bySeq : orEmpty(a).compareTo(orEmpty(b));
  }

  private static String orEmpty(Event event) {
    return event.idempotencyKey() == null ? "" : event.idempotencyKey();
  }
}
