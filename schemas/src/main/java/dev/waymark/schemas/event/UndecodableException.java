package dev.waymark.schemas.event;

/**
 * A record that is no event; carries the reason and a message with the field's path. Without a
 * stack trace.
 */
public final class UndecodableException extends Exception {
  private final DeadLetterReason reason;

  public UndecodableException(DeadLetterReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  public DeadLetterReason reason() {
    return reason;
  }

  /** What was wrong, with the path of the field: {@code meta.run_id: required}. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
