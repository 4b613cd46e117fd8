package dev.waymark.schemas.rule;

import java.util.Locale;

/** What sort of fault a rule looks for. */
public enum Kind {
  SEQUENCE,
  TIMELAG,
  MISSING_STEP,
  FREQUENCY;

  /** The name as it is written in rules. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
