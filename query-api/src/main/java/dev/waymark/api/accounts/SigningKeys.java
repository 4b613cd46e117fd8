package dev.waymark.api.accounts;

import dev.waymark.api.security.Secrets;
import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.SigningKeyStore;
import dev.waymark.api.store.SigningKeyView;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keys that organisations' agents sign events with (HMAC), encrypted at rest. */
@Singleton
public final class SigningKeys {
  private static final String KEY_PREFIX = "wmh_";
  private static final String ID_PREFIX = "h-";

  private final SigningKeyStore store;
  private final Vault vault;
  private final Clock clock;

  SigningKeys(SigningKeyStore store, Vault vault, Clock clock) {
    this.store = store;
    this.vault = vault;
    this.clock = clock;
  }

  /** A key that was made, which is shown this once. */
  public record Made(SigningKeyView view, String secret) {}

  /**
   * A key in the clear, for whoever checks signatures. Its text form does not show it.
   *
   * @param notAfter events after it are not signed by it; null: any
   */
  public record Clear(String keyId, byte[] secret, @Nullable Instant notAfter) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Clear clear
          && keyId.equals(clear.keyId)
          && Arrays.equals(secret, clear.secret);
    }

    @Override
    public int hashCode() {
      return keyId.hashCode();
    }

    @Override
    public String toString() {
      return "Clear[" + keyId + "]";
    }
  }

  /**
   * A tenant's keys that are not revoked, the latest first; throws {@link NoMasterKeyException}.
   */
  public List<Clear> of(String tenant) {
    return store.inForce(TenantScope.of(tenant)).stream()
        .map(
            stored ->
                new Clear(
                    stored.keyId(),
                    vault.unlock(stored.secret(), owner(tenant, stored.keyId())),
                    stored.notAfter()))
        .toList();
  }

  /**
   * Adds one; empty where the tenant is not known. Throws {@link NoMasterKeyException}.
   *
   * @param overlap how long the others still sign; null: they go on
   */
  public Optional<Made> add(TenantScope scope, String tenant, @Nullable Duration overlap) {
    String keyId = ID_PREFIX + UUID.randomUUID();
    String secret = Secrets.create(KEY_PREFIX);
    byte[] locked = vault.lock(secret.getBytes(StandardCharsets.UTF_8), owner(tenant, keyId));
    Instant othersEndAt = overlap == null ? null : clock.instant().plus(overlap);
    return store.add(scope, tenant, keyId, locked, othersEndAt).map(view -> new Made(view, secret));
  }

  private static String owner(String tenant, String keyId) {
    return tenant + '\0' + keyId;
  }
}
