package dev.waymark.checks.tenant;

import java.util.Locale;

/** Whether events must be signed. */
public enum SignatureMode {
  /** They must. */
  REQUIRED,
  /** They need not, but a signature that is there must hold. */
  OPTIONAL;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
