package dev.waymark.api.gateway;

/**
 * The broker has not acknowledged events in time, and may take them later. Some of the request's
 * events may have arrived: sent again, they are duplicates.
 */
public final class NotAcceptedException extends RuntimeException {
  NotAcceptedException(String message, Throwable cause) {
    super(message, cause);
  }
}
