package dev.waymark.schemas.event;

/** What a record of the events topic can be. */
public sealed interface Decoded permits Event, Finalize, Heartbeat {
  /** The record's own time, in µs since the epoch. */
  long timeMicros();
}
