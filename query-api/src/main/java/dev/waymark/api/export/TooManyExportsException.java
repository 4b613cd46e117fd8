package dev.waymark.api.export;

/** As many exports run as may. */
public final class TooManyExportsException extends RuntimeException {
  TooManyExportsException(int limit) {
    super("at most " + limit + " exports run at once; try again when one has ended");
  }
}
