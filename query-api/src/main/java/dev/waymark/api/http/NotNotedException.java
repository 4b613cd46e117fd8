package dev.waymark.api.http;

/** What must be noted in the access log could not be, so it does not happen. */
final class NotNotedException extends RuntimeException {
  NotNotedException(RuntimeException cause) {
    super("this must be noted in the access log, and could not be", cause);
  }
}
