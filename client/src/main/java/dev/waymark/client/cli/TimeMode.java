package dev.waymark.client.cli;

import java.util.Locale;
import java.util.Optional;

/** Where the stack takes its time from. */
public enum TimeMode {
  /** Heartbeats of the API move time along with the clock. */
  LIVE,
  /** Events and control records alone move time: history, tests. */
  LOG;

  /** The mode of this name, as in {@code WAYMARK_TIME}; empty: there is none. */
  public static Optional<TimeMode> of(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "live" -> Optional.of(LIVE);
      case "log" -> Optional.of(LOG);
      default -> Optional.empty();
    };
  }
}
