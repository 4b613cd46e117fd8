package dev.waymark.schemas.rule;

import java.util.Locale;

/** What the open cases of a rule do when a new version of it comes into force. */
public enum OnChange {
  /** They end under the version they began with. */
  FINISH,
  /** They begin afresh under the new version. */
  RESTART;

  /** The name as it is written in rules. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
