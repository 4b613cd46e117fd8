package dev.waymark.api.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waymark.api.accounts.SigningKeys;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.store.StoreUnavailableException;
import dev.waymark.checks.tenant.OrganisationKeys;
import dev.waymark.checks.tenant.SigningKey;
import dev.waymark.schemas.event.Times;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signing keys of accounts, which tenants make and revoke over HTTP. They are believed as long
 * as credentials are: for some seconds, and for a while where the database is away.
 */
@Singleton
final class AccountKeys implements OrganisationKeys {
  private static final int REMEMBERED = 10_000;

  private final SigningKeys keys;
  private final Clock clock;
  private final Duration recheck;
  private final Duration grace;
  private final Cache<String, Known> byTenant =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  private record Known(List<SigningKey> keys, Instant readAt) {}

  AccountKeys(SigningKeys keys, ApiConfig config, Clock clock) {
    this.keys = keys;
    this.clock = clock;
    this.recheck = Duration.ofMillis(config.security().recheckMs());
    this.grace = Duration.ofMillis(config.security().outageGraceMs());
  }

  /**
   * Reads them where it must. Throws {@link StoreUnavailableException} where the database is away
   * and they were not known, so that no event is refused for that.
   */
  @Override
  public Optional<SigningKey> find(String tenant, String keyId) {
    Known known = byTenant.asMap().compute(tenant, this::current);
    return known.keys().stream().filter(key -> key.id().equals(keyId)).findFirst();
  }

  private Known current(String tenant, @Nullable Known before) {
    Instant now = clock.instant();
    if (before != null && now.isBefore(before.readAt().plus(recheck))) {
      return before;
    }
    try {
      return new Known(keys.of(tenant).stream().map(AccountKeys::signingKey).toList(), now);
    } catch (StoreUnavailableException e) {
      if (before != null && now.isBefore(before.readAt().plus(grace))) {
        return before;
      }
      throw e;
    }
  }

  private static SigningKey signingKey(SigningKeys.Clear key) {
    Long notAfter = key.notAfter() == null ? null : Times.micros(key.notAfter());
    return new SigningKey(key.keyId(), key.secret(), null, notAfter);
  }
}
