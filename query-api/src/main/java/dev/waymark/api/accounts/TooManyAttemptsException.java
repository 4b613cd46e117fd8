package dev.waymark.api.accounts;

/** As many attempts failed, or as many requests were made, as may be in a while. */
public final class TooManyAttemptsException extends RuntimeException {
  private final long retryAfterSeconds;

  TooManyAttemptsException(String what, long retryAfterSeconds) {
    super(what + "; try again in " + retryAfterSeconds + " s");
    this.retryAfterSeconds = retryAfterSeconds;
  }

  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
