package dev.waymark.api.accounts;

/** The OpenID provider does not vouch for somebody, or does not answer. */
public final class OidcException extends RuntimeException {
  private final boolean isAway;

  private OidcException(String message, boolean isAway, Exception cause) {
    super(message, cause);
    this.isAway = isAway;
  }

  static OidcException away(Exception cause) {
    return new OidcException("the OpenID provider does not answer", true, cause);
  }

  static OidcException refused(Exception cause) {
    return new OidcException("the OpenID provider does not vouch for this", false, cause);
  }

  /** Whether it may be another time. */
  public boolean isAway() {
    return isAway;
  }
}
