package dev.waymark.api.config;

/** What moves time for the jobs. */
public enum TimeMode {
  /** Heartbeats do, written by this process once a second. */
  LIVE,
  /** Only events and control records do: for history and tests. */
  LOG
}
