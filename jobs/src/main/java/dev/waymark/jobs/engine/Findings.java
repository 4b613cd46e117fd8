package dev.waymark.jobs.engine;

import dev.waymark.schemas.violation.Violation;

/** Whom the engine tells what it found. */
public interface Findings {
  /** A violation of an active rule, or a limit that a case reached. */
  void violation(Violation violation);
}
