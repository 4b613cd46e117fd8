package dev.waymark.api.config;

import java.util.List;
import java.util.Optional;

/**
 * How the listener is encrypted.
 *
 * @param keyStore PKCS#12 file with our certificate and its key
 * @param keyStorePassword of it
 * @param trustStore PKCS#12 file with the certificates that clients' must be signed by; empty:
 *     clients need none
 * @param trustStorePassword of it
 */
public record TlsConfig(
    String keyStore, String keyStorePassword, String trustStore, String trustStorePassword) {
  private static final ConfigKey KEY_STORE =
      new ConfigKey(
          "waymark.tls.keystore",
          "",
          "path",
          "PKCS#12 file with the certificate that the API is reached under by TLS; empty: no TLS.");
  private static final ConfigKey KEY_STORE_PASSWORD =
      new ConfigKey("waymark.tls.keystore-password", "", "secret", "Its password.");
  private static final ConfigKey TRUST_STORE =
      new ConfigKey(
          "waymark.tls.truststore",
          "",
          "path",
          "PKCS#12 file with whom clients' certificates must be signed by (mTLS); empty: clients need none.");
  private static final ConfigKey TRUST_STORE_PASSWORD =
      new ConfigKey("waymark.tls.truststore-password", "", "secret", "Its password.");

  static List<ConfigKey> keys() {
    return List.of(KEY_STORE, KEY_STORE_PASSWORD, TRUST_STORE, TRUST_STORE_PASSWORD);
  }

  static Optional<TlsConfig> from(ConfigReader reader) {
    String keyStore = reader.optionalFile(KEY_STORE);
    String trustStore = reader.optionalFile(TRUST_STORE);
    if (keyStore.isEmpty()) {
      if (!trustStore.isEmpty()) {
        reader.required(KEY_STORE);
      }
      return Optional.empty();
    }
    return Optional.of(
        new TlsConfig(
            keyStore,
            reader.secret(KEY_STORE_PASSWORD),
            trustStore,
            reader.secret(TRUST_STORE_PASSWORD)));
  }

  /** Without what is secret: this ends up in logs. */
  @Override
  public String toString() {
    return "TlsConfig[keyStore=" + keyStore + ", trustStore=" + trustStore + "]";
  }
}
