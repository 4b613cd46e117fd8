package dev.waymark.api.accounts;

import dev.waymark.api.security.Role;
import dev.waymark.api.security.Secrets;
import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.KeyStore;
import dev.waymark.api.store.KeyStore.NewKey;
import dev.waymark.api.store.KeyView;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** API keys: made, followed by others, revoked. */
@Singleton
public final class Keys {
  static final String ID_PREFIX = "k-";

  private static final String KEY_PREFIX = "wmk_";

  private final KeyStore store;
  private final Credentials credentials;
  private final Clock clock;

  Keys(KeyStore store, Credentials credentials, Clock clock) {
    this.store = store;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** A key that was made, which is shown this once. */
  public record Made(KeyView view, String key) {}

  static String newId() {
    return ID_PREFIX + UUID.randomUUID();
  }

  /** Empty where the account is not known or not in use. */
  public Optional<Made> add(
      TenantScope scope,
      String accountId,
      Role role,
      @Nullable String agentId,
      @Nullable Instant expiresAt) {
    String key = Secrets.create(KEY_PREFIX);
    NewKey made =
        new NewKey(newId(), accountId, role.code(), agentId, Secrets.hash(key), expiresAt);
    return store.add(scope, made).map(view -> new Made(view, key));
  }

  /**
   * A key that takes over; the one before is good for the overlap. Empty where that is not known,
   * good no more, or has a successor.
   */
  public Optional<Made> rotate(TenantScope scope, KeyView before, Duration overlap) {
    String key = Secrets.create(KEY_PREFIX);
    NewKey next =
        new NewKey(
            newId(),
            before.accountId(),
            before.role(),
            before.agentId(),
            Secrets.hash(key),
            before.expiresAt());
    Optional<Made> made =
        store
            .replace(scope, before.keyId(), next, clock.instant().plus(overlap))
            .map(view -> new Made(view, key));
    credentials.forgetAll();
    return made;
  }

  public Optional<KeyView> revoke(TenantScope scope, String keyId) {
    Optional<KeyView> revoked = store.revoke(scope, keyId);
    credentials.forgetAll();
    return revoked;
  }
}
