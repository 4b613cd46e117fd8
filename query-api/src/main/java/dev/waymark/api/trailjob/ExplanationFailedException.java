package dev.waymark.api.trailjob;

/** A run could not be explained; it may be another time. */
public final class ExplanationFailedException extends RuntimeException {
  ExplanationFailedException(String reason) {
    super("the run could not be explained: " + reason);
  }
}
