package dev.waymark.testkit.reference;

import dev.waymark.schemas.event.Event;

/** One event that proves a finding, by what names it. Times in µs since the epoch. */
public record Witness(String runId, long seq, long timeMicros, String identity) {
  static Witness of(Event event) {
    return new Witness(event.runId(), event.seq(), event.timeMicros(), event.identity());
  }
}
