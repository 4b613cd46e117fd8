package dev.waymark.jobs.engine;

import dev.waymark.jobs.ports.Incoming;

/** A {@link Waiting} in the state of its key. */
public record Waited(long settleMicros, Incoming incoming) {
  static Waited of(Waiting waiting) {
    return new Waited(waiting.settleMicros(), waiting.incoming());
  }

  Waiting as(String key) {
    return new Waiting(key, incoming, settleMicros);
  }
}
