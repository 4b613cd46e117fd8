package dev.waymark.schemas.rule;

/**
 * A CEL expression that does not compile, asks too much, or yields no boolean; the message says
 * which.
 */
public final class InvalidConditionException extends Exception {
  public InvalidConditionException(String message) {
    super(message);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
