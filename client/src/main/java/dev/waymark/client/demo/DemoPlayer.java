package dev.waymark.client.demo;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Lets every event happen at its time. */
final class DemoPlayer {
  private static final Duration MAX_NAP = Duration.ofMillis(200);

  private final Clock clock;
  private final Napper napper;
  private volatile boolean stopped;

  /** How time passes. */
  interface Napper {
    void nap(Duration duration) throws InterruptedException;
  }

  DemoPlayer(Clock clock, Napper napper) {
    this.clock = clock;
    this.napper = napper;
  }

  /** Plays until the stream ends or {@link #stop} is called. */
  void play(DemoStream stream, Consumer<Event> sink) throws InterruptedException {
    for (Event event = stream.next(); event != null && !stopped; event = stream.next()) {
      awaitMoment(Times.instant(event.timeMicros()));
      if (!stopped) {
        sink.accept(event);
      }
    }
  }

  /** Ends {@link #play} soon; safe from any thread. */
  void stop() {
    stopped = true;
  }

  private void awaitMoment(Instant moment) throws InterruptedException {
    Duration left = Duration.between(Instant.now(clock), moment);
    while (left.compareTo(Duration.ZERO) > 0 && !stopped) {
      napper.nap(left.compareTo(MAX_NAP) < 0 ? left : MAX_NAP);
      left = Duration.between(Instant.now(clock), moment);
    }
  }
}
