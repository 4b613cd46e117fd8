package dev.waymark.schemas.rule;

import java.util.Locale;

/** Whether a rule is judged and whether its violations are reported. */
public enum Mode {
  ACTIVE,
  /** Judged and counted, not reported. */
  SHADOW,
  DISABLED;

  /** The name as it is written in rules. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
