package dev.waymark.api.store;

/** What a series is split by. */
public enum Grouping {
  NONE,
  AGENT,
  MODEL,
  ACTION
}
