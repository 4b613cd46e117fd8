package dev.waymark.checks;

import dev.waymark.schemas.rule.Severity;
import java.util.Locale;

/** What an event is checked for, in this order. */
public enum CheckName {
  /** The agent's HMAC over the canonical form. */
  SIGNATURE(Severity.CRITICAL),
  /** Whether the agent may do what it asks for. */
  TOOL_ACL(Severity.ERROR),
  /** The tenant's own CEL rules that deny. */
  POLICY(Severity.ERROR),
  /** A gap in the run's numbers or a step back; never refuses. */
  SEQUENCE(Severity.WARNING),
  PROMPT_INJECTION(Severity.ERROR),
  SQL_INJECTION(Severity.ERROR),
  COMMAND_INJECTION(Severity.ERROR),
  /** Credentials; redacted. */
  SECRET(Severity.ERROR),
  /** Personal data; redacted. */
  PII(Severity.WARNING);

  private final Severity usual;

  CheckName(Severity usual) {
    this.usual = usual;
  }

  /** The severity of its findings where the tenant sets no other. */
  public Severity usual() {
    return usual;
  }

  /** As it is written in files and findings. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
