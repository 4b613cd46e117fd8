package dev.waymark.api.config;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What accounts stand on.
 *
 * @param mode how strict the start is about secrets
 * @param tokenKey 32 bytes that tokens are signed with; made up in dev mode where none is given, so
 *     that tokens end with the process
 * @param masterKey 32 bytes that secrets at rest are encrypted with; null: none, in dev mode
 * @param adminKey the API key of the first account; null: none
 * @param refreshHours how long a session may be refreshed
 * @param recheckMs how long a credential is believed before the database is asked again
 * @param outageGraceMs how long it is believed while the database is away
 * @param attemptsAMinute failed attempts to sign in that one address or account may make
 * @param limits how often a credential may ask, in each process
 * @param oidc who else may say who somebody is; empty: nobody
 * @param tls how the listener is encrypted; empty: it is not
 */
public record SecurityConfig(
    RunMode mode,
    byte[] tokenKey,
    byte @Nullable [] masterKey,
    @Nullable String adminKey,
    int refreshHours,
    int recheckMs,
    int outageGraceMs,
    int attemptsAMinute,
    Limits limits,
    Optional<OidcConfig> oidc,
    Optional<TlsConfig> tls) {
  /** Of a key that something is signed or encrypted with. */
  static final int KEY_BYTES = 32;

  private static final int MIN_ADMIN_KEY_LENGTH = 32;
  private static final int MOST_A_MINUTE = 100_000_000;

  private static final ConfigKey MODE =
      new ConfigKey(
          "waymark.mode",
          "dev",
          "dev | production",
          "production: the API does not start before every secret is given.");
  private static final ConfigKey TOKEN_KEY =
      new ConfigKey(
          "waymark.jwt.key",
          "",
          "secret",
          "What tokens are signed with: 32 bytes in base64. dev: made up at each start.");
  private static final ConfigKey MASTER_KEY =
      new ConfigKey(
          "waymark.master.key",
          "",
          "secret",
          "What signing keys are encrypted with at rest: 32 bytes in base64. dev: no signing keys without it.");
  private static final ConfigKey ADMIN_KEY =
      new ConfigKey(
          "waymark.admin.key",
          "",
          "secret",
          "API key of the operator's admin, who is created where there is no account: 32 characters or more.");
  private static final ConfigKey REFRESH_HOURS =
      new ConfigKey(
          "waymark.auth.refresh-hours", "720", "hours", "How long a session may be refreshed.");
  private static final ConfigKey RECHECK =
      new ConfigKey(
          "waymark.auth.recheck-ms",
          "5000",
          "ms",
          "Longest time until a revocation by another process is honoured.");
  private static final ConfigKey OUTAGE_GRACE =
      new ConfigKey(
          "waymark.auth.outage-grace-ms",
          "300000",
          "ms",
          "How long a credential that was known stays good while the database is away; 0: not at all.");
  private static final ConfigKey ATTEMPTS =
      new ConfigKey(
          "waymark.auth.attempts-a-minute",
          "20",
          "attempts",
          "Failed attempts to sign in of one address, and for one account, at most; 429 beyond.");

  private static final ConfigKey INGEST_LIMIT =
      new ConfigKey(
          "waymark.limit.ingest",
          "1200000",
          "requests/min",
          "Requests that bring events, of one credential; 429 beyond.");
  private static final ConfigKey READ_LIMIT =
      new ConfigKey(
          "waymark.limit.reads", "12000", "requests/min", "Reads of one credential; 429 beyond.");
  private static final ConfigKey CHANGE_LIMIT =
      new ConfigKey(
          "waymark.limit.changes", "600", "requests/min", "Changes by one credential; 429 beyond.");
  private static final ConfigKey PUBLIC_LIMIT =
      new ConfigKey(
          "waymark.limit.public",
          "600",
          "requests/min",
          "Requests of one address to routes that need no credential, the token door among them; 429 beyond.");

  static List<ConfigKey> keys() {
    List<ConfigKey> keys = new ArrayList<>(ownKeys());
    keys.addAll(OidcConfig.keys());
    keys.addAll(TlsConfig.keys());
    return keys;
  }

  private static List<ConfigKey> ownKeys() {
    return List.of(
        MODE,
        TOKEN_KEY,
        MASTER_KEY,
        ADMIN_KEY,
        REFRESH_HOURS,
        RECHECK,
        OUTAGE_GRACE,
        ATTEMPTS,
        INGEST_LIMIT,
        READ_LIMIT,
        CHANGE_LIMIT,
        PUBLIC_LIMIT);
  }

  /** Asks the reader for what production needs beside. */
  static SecurityConfig from(ConfigReader reader, ConfigKey... requiredInProduction) {
    RunMode mode = reader.oneOf(MODE, RunMode.values());
    if (mode == RunMode.PRODUCTION) {
      reader.requireSecret(TOKEN_KEY);
      reader.requireSecret(MASTER_KEY);
      for (ConfigKey key : requiredInProduction) {
        reader.requireSecret(key);
      }
    }
    byte[] tokenKey = reader.key(TOKEN_KEY, KEY_BYTES);
    return new SecurityConfig(
        mode,
        tokenKey == null ? random() : tokenKey,
        reader.key(MASTER_KEY, KEY_BYTES),
        reader.optionalSecret(ADMIN_KEY, MIN_ADMIN_KEY_LENGTH),
        reader.integer(REFRESH_HOURS, 1, 24 * 365),
        reader.integer(RECHECK, 0, 60_000),
        reader.integer(OUTAGE_GRACE, 0, 86_400_000),
        reader.integer(ATTEMPTS, 1, 100_000),
        Limits.from(reader),
        OidcConfig.from(reader),
        TlsConfig.from(reader));
  }

  /**
   * How often, a minute: each a bucket that holds as many and fills as fast.
   *
   * @param ingestAMinute requests that bring events
   * @param readsAMinute reads
   * @param changesAMinute changes
   * @param publicAMinute of one address, without a credential
   */
  public record Limits(int ingestAMinute, int readsAMinute, int changesAMinute, int publicAMinute) {
    private static Limits from(ConfigReader reader) {
      return new Limits(
          reader.integer(INGEST_LIMIT, 1, MOST_A_MINUTE),
          reader.integer(READ_LIMIT, 1, MOST_A_MINUTE),
          reader.integer(CHANGE_LIMIT, 1, MOST_A_MINUTE),
          reader.integer(PUBLIC_LIMIT, 1, MOST_A_MINUTE));
    }
  }

  private static byte[] random() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /** Without what is secret: this ends up in logs. */
  @Override
  public String toString() {
    return "SecurityConfig[mode=" + mode + "]";
  }
}
