package dev.waymark.api.store;

/**
 * A request that is well formed but that the stored data cannot answer; the caller can ask for
 * something else.
 */
public final class UnanswerableException extends RuntimeException {
  private final String parameter;

  UnanswerableException(String parameter, String reason) {
    super(reason);
    this.parameter = parameter;
  }

  /** The parameter to change. */
  public String parameter() {
    return parameter;
  }
}
