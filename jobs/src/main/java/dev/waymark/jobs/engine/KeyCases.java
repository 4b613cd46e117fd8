package dev.waymark.jobs.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The open cases of one key: one for each {@code case} configuration that rules in force ask for.
 */
public final class KeyCases {
  static final long NONE = Long.MIN_VALUE;

  final List<CaseState> open = new ArrayList<>(1);

  /** First and last event since all cases were last closed; {@link #NONE}: none. */
  long firstMicros = NONE;

  long lastMicros = NONE;

  /**
   * What rules counted in the windows of this key, by {@link CompiledRule#measure}. Outlives the
   * cases.
   */
  final Map<Long, WindowCounts> windowCounts = new HashMap<>(1);

  public boolean isEmpty() {
    return open.isEmpty() && windowCounts.isEmpty();
  }
}
