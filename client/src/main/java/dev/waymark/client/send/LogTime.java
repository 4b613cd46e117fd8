package dev.waymark.client.send;

import dev.waymark.client.ControlRecords;
import dev.waymark.client.EventPublisher;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time a stream has come to. In log mode it is also written to every partition now and then, so
 * that a partition without events does not hold time back.
 */
final class LogTime {
  /** Heartbeats are this many events apart. */
  static final int HEARTBEAT_EVENTS = 2_000;

  /** What the jobs wait for events that come out of order; time passes an event this much later. */
  static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(5);

  private static final Duration JUST_AFTER = Duration.ofMillis(1);

  private final EventPublisher publisher;
  private final boolean written;
  private long reachedMicros = Long.MIN_VALUE;
  private int eventsSinceHeartbeat;
  private long heartbeats;

  LogTime(EventPublisher publisher, boolean written) {
    this.publisher = publisher;
    this.written = written;
  }

  /** A line was sent. */
  void reach(long micros) {
    reachedMicros = Math.max(reachedMicros, micros);
    if (++eventsSinceHeartbeat >= HEARTBEAT_EVENTS) {
      beat();
    }
  }

  /** Says how far the stream has come, if it goes on slowly. */
  void beat() {
    if (eventsSinceHeartbeat > 0) {
      write(reachedMicros);
      eventsSinceHeartbeat = 0;
    }
  }

  /** The stream is over: moves time past its last event, so that all of it is judged. */
  void end() {
    write(reachedMicros + micros(OUT_OF_ORDERNESS.plus(JUST_AFTER)));
  }

  boolean isKnown() {
    return reachedMicros > Long.MIN_VALUE;
  }

  long reachedMicros() {
    return reachedMicros;
  }

  long heartbeats() {
    return heartbeats;
  }

  private void write(long micros) {
    if (written && isKnown()) {
      // A heartbeat that is lost costs nothing: the next one says the same and more.
      var unused = publisher.publishToAll(ControlRecords.heartbeat(micros));
      heartbeats++;
    }
  }

  private static long micros(Duration duration) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plus(duration));
  }
}
