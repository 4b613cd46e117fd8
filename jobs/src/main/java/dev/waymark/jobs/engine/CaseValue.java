package dev.waymark.jobs.engine;

import org.jspecify.annotations.Nullable;

/**
 * What an operator keeps of one key: its open cases, and of a run its memory. One value in state.
 */
final class CaseValue {
  static final long NO_TIMER = Long.MAX_VALUE;

  final KeyCases cases;

  /** Only of runs: cases of other keys get events that were checked already. */
  final @Nullable RunMemory run;

  /** Events and finalizes that wait for their turn. */
  int waiting;

  /** More came than may wait, and some still do. */
  boolean isBursting;

  /** The earliest timer that is set, ms; {@link #NO_TIMER}: none. Later ones may be set as well. */
  long timerMs = NO_TIMER;

  CaseValue(KeyCases cases, @Nullable RunMemory run) {
    this.cases = cases;
    this.run = run;
  }
}
