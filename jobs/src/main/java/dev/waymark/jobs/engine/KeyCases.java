package dev.waymark.jobs.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * The open cases of one key: one for each {@code case} configuration that rules in force ask for.
 */
public final class KeyCases {
  static final long NONE = Long.MIN_VALUE;

  final List<CaseState> open = new ArrayList<>(1);

  /** First and last event since all cases were last closed; {@link #NONE}: none. */
  long firstMicros = NONE;

  long lastMicros = NONE;

  public boolean isEmpty() {
    return open.isEmpty();
  }
}
