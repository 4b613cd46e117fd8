package dev.waymark.schemas.event;

/** An event that has no canonical form and so cannot be signed; the message says why. */
public final class NotCanonicalException extends Exception {
  public NotCanonicalException(String message) {
    super(message, null, false, false);
  }
}
