package dev.waymark.schemas.rule;

import java.util.Locale;

/** The fields of a rule that only some templates take. */
public enum RuleField {
  ACTIVATION,
  TARGET,
  CORRELATE,
  WITHIN,
  N,
  WINDOW,
  WHEN,
  STEPS,
  ORDERED,
  EXPECT,
  ZETA;

  /** The name as it is written in rules. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
