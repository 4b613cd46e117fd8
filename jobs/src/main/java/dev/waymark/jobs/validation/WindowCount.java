package dev.waymark.jobs.validation;

/** How many violations of a rule and window came, and what is to be done next. */
public final class WindowCount {
  /** Nothing is to be done without another violation. */
  static final long NEVER = Long.MAX_VALUE;

  /** Those that were listed. */
  public long passed;

  /** Those that are counted in the summary. */
  public long suppressed;

  /** What the summary said last. */
  public long told;

  /** Those that wait to be decided. */
  public int waiting;

  /** When the first of these is due, ms. */
  public long waitingDueMs = NEVER;

  /** When the window's violations have come, late ones apart; from then on it is summarised. */
  public long closesMs;

  /** When it is forgotten, if no late one comes. */
  public long forgottenMs;

  /** The one timer that counts. */
  public long timerMs = NEVER;
}
