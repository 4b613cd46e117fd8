package dev.waymark.api.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a credential is good for. Every credential has one. */
public enum Role {
  /** Everything of its tenant: accounts, keys, all reads. */
  ADMIN,
  /** Reads everything of its tenant, the access log too. */
  COMPLIANCE_OFFICER,
  /** Rules: writes, tries and watches them. */
  POLICY_AUTHOR,
  /** Metrics and trails of its tenant. */
  ANALYST,
  /** Runs of its own agents alone. */
  VIEWER,
  /** Sends events and reads nothing. */
  AGENT;

  /** As in JSON and in the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Role> of(String code) {
    return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
  }

  /** Whether an account of this role may have a key of that one: an admin's may be lesser. */
  public boolean covers(Role other) {
    return this == other || this == ADMIN;
  }
}
