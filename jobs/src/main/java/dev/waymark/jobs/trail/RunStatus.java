package dev.waymark.jobs.trail;

import java.util.Locale;

/** Where a run stands. */
enum RunStatus {
  /** Events may still come. */
  RUNNING,
  /** The first event's agent gave its final output, or the run was finalized without an error. */
  COMPLETED,
  /** Ended, by finalize or silence, with an error as its last event and no final output. */
  FAILED,
  /** Silent for the time-out, with neither error nor final output. */
  TIMED_OUT;

  /** As it stands in table {@code runs}. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
