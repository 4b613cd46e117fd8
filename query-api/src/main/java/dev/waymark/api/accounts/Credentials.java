package dev.waymark.api.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.security.Caller;
import dev.waymark.api.security.Secrets;
import dev.waymark.api.store.CredentialStore;
import dev.waymark.api.store.KnownCredential;
import dev.waymark.api.store.StoreUnavailableException;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom a credential stands for. One that was looked up is believed for some seconds, so that most
 * requests cost no query; a revocation in this process holds at once. While the database is away,
 * what was known stays good for a while, so that events are still taken.
 */
@Singleton
public final class Credentials {
  private static final int REMEMBERED = 10_000;
  private static final int MAX_LENGTH = 2_048;
  private static final Duration BETWEEN_TOUCHES = Duration.ofMinutes(1);

  private final CredentialStore store;
  private final Jwts tokens;
  private final Attempts attempts;
  private final Clock clock;
  private final Duration recheck;
  private final Duration grace;
  private final Cache<ByteBuffer, Entry> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  /** A credential as it was at that time; it ends by itself at {@code endsAt}, if ever. */
  private record Entry(Caller caller, @Nullable Instant endsAt, Instant checkedAt) {
    boolean isOver(Instant now) {
      return endsAt != null && !endsAt.isAfter(now);
    }
  }

  Credentials(
      ApiConfig config, CredentialStore store, Jwts tokens, Attempts attempts, Clock clock) {
    this.store = store;
    this.tokens = tokens;
    this.attempts = attempts;
    this.clock = clock;
    this.recheck = Duration.ofMillis(config.security().recheckMs());
    this.grace = Duration.ofMillis(config.security().outageGraceMs());
  }

  /** Asks memory alone; empty where the database would have to be asked. Never waits. */
  public Optional<Caller> remembered(String bearer) {
    Instant now = clock.instant();
    return Optional.ofNullable(known.getIfPresent(keyOf(bearer)))
        .filter(entry -> !entry.isOver(now) && now.isBefore(entry.checkedAt().plus(recheck)))
        .map(Entry::caller);
  }

  /**
   * Asks the database where it must. Throws {@link StoreUnavailableException} where that is away
   * and the credential is not known here, and {@link TooManyAttemptsException}.
   *
   * @param address where the request comes from
   */
  public Optional<Caller> find(String bearer, String address) {
    return remembered(bearer).or(() -> lookUp(bearer, address));
  }

  private Optional<Caller> lookUp(String bearer, String address) {
    Entry before = known.getIfPresent(keyOf(bearer));
    if (before == null) {
      attempts.require(address);
    }
    try {
      Optional<Entry> found = bearer.length() > MAX_LENGTH ? Optional.empty() : ask(bearer);
      found.ifPresentOrElse(
          entry -> known.put(keyOf(bearer), entry),
          () -> {
            known.invalidate(keyOf(bearer));
            attempts.failedKey(address);
          });
      return found.map(Entry::caller);
    } catch (StoreUnavailableException e) {
      Instant now = clock.instant();
      if (before != null && !before.isOver(now) && now.isBefore(before.checkedAt().plus(grace))) {
        return Optional.of(before.caller());
      }
      throw e;
    }
  }

  private Optional<Entry> ask(String bearer) {
    if (!Jwts.isToken(bearer)) {
      return store.byKey(Secrets.hash(bearer)).map(found -> used(found, found.expiresAt()));
    }
    return tokens
        .read(bearer)
        .flatMap(
            claims ->
                store.bySession(claims.sessionId()).map(found -> used(found, claims.expiresAt())));
  }

  private Entry used(KnownCredential found, @Nullable Instant endsAt) {
    Instant now = clock.instant();
    Instant last = found.lastUsedAt();
    boolean isKey = found.caller().credentialId().startsWith(Keys.ID_PREFIX);
    if (isKey && (last == null || last.plus(BETWEEN_TOUCHES).isBefore(now))) {
      store.touch(found.caller().credentialId());
    }
    return new Entry(found.caller(), endsAt, now);
  }

  /** Uses a ticket up. */
  public Optional<Caller> redeem(String ticket, String address) {
    attempts.require(address);
    Optional<Caller> caller =
        ticket.length() > MAX_LENGTH
            ? Optional.empty()
            : store.takeTicket(Secrets.hash(ticket)).map(KnownCredential::caller);
    if (caller.isEmpty()) {
      attempts.failedKey(address);
    }
    return caller;
  }

  /** Something was revoked or changed here: what is remembered is asked for again. */
  void forgetAll() {
    known.invalidateAll();
  }

  private static ByteBuffer keyOf(String bearer) {
    return ByteBuffer.wrap(Secrets.hash(bearer));
  }
}
