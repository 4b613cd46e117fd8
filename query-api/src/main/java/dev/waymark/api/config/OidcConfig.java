package dev.waymark.api.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Who else may say who somebody is: an OpenID provider.
 *
 * @param issuer its address
 * @param clientId ours there
 * @param clientSecret ours there
 * @param redirectUrl where it sends people back to: {@code …/auth/oidc/callback} of this API
 */
public record OidcConfig(URI issuer, String clientId, String clientSecret, URI redirectUrl) {
  private static final ConfigKey ISSUER =
      new ConfigKey(
          "waymark.oidc.issuer",
          "",
          "URL",
          "OpenID provider that people may sign in with, at /auth/oidc/login; empty: none.");
  private static final ConfigKey CLIENT_ID =
      new ConfigKey("waymark.oidc.client-id", "", "name", "Our client id there.");
  private static final ConfigKey CLIENT_SECRET =
      new ConfigKey("waymark.oidc.client-secret", "", "secret", "Our client secret there.");
  private static final ConfigKey REDIRECT_URL =
      new ConfigKey(
          "waymark.oidc.redirect-url",
          "",
          "URL",
          "Where it sends people back to: /auth/oidc/callback at the API's public address.");

  static List<ConfigKey> keys() {
    return List.of(ISSUER, CLIENT_ID, CLIENT_SECRET, REDIRECT_URL);
  }

  static Optional<OidcConfig> from(ConfigReader reader) {
    if (reader.text(ISSUER).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new OidcConfig(
            reader.httpAddress(ISSUER),
            reader.required(CLIENT_ID),
            reader.secret(CLIENT_SECRET),
            reader.httpAddress(REDIRECT_URL)));
  }

  /** Without what is secret: this ends up in logs. */
  @Override
  public String toString() {
    return "OidcConfig[issuer=" + issuer + "]";
  }
}
