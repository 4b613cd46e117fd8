package dev.waymark.api.store;

/**
 * The database cannot answer now and may later; the message names what is missing and may be shown
 * to callers.
 */
public final class StoreUnavailableException extends RuntimeException {
  StoreUnavailableException(String message) {
    super(message);
  }

  StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
