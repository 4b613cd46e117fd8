package dev.waymark.api.gateway;

/** As much is worked on as may be. */
public final class OverloadedException extends RuntimeException {
  OverloadedException(String message) {
    super(message, null, false, false);
  }
}
