package dev.waymark.api.store;

/** How a run stands. */
public enum RunStatus {
  RUNNING,
  COMPLETED,
  FAILED,
  TIMED_OUT
}
