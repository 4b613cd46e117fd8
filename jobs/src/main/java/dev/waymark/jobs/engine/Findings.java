package dev.waymark.jobs.engine;

import dev.waymark.schemas.violation.Violation;

/** Whom the engine tells what it found. */
public interface Findings {
  /**
   * A violation of an active rule, or a limit that a case reached.
   *
   * @param foundMicros when the log's time had come to where it is found: its own time and what its
   *     case settles
   */
  void violation(Violation violation, long foundMicros);

  /** A partial match was one too many for its case and rule, and is not judged. */
  default void partialMatchDropped() {}

  /** A case was one too many, and is not judged. */
  default void caseNotOpened() {}

  /** A gap of a {@code profile} rule, which is judged by those of other cases. */
  default void gap(Gap gap) {
    throw new UnsupportedOperationException("judges no profile");
  }

  /** How a case went on that had such gaps. */
  default void profileCase(ProfileCase news) {
    throw new UnsupportedOperationException("judges no profile");
  }
}
