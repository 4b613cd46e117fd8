package dev.waymark.local;

import java.io.Serial;

/** A part of the stack did not become ready. The message is for the person at the terminal. */
final class StartFailedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  StartFailedException(String message) {
    super(message);
  }

  StartFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
