package dev.waymark.schemas.rule;

/** How bad a violation is. */
public enum Severity {
  INFO,
  WARNING,
  ERROR,
  CRITICAL
}
