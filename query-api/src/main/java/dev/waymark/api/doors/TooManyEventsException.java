package dev.waymark.api.doors;

/** A request with more events than are taken at once. */
public final class TooManyEventsException extends Exception {
  public TooManyEventsException(int max) {
    super("a request must have at most " + max + " events", null, false, false);
  }
}
