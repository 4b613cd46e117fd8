package dev.waymark.api.accounts;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.security.Caller;
import dev.waymark.api.security.Secrets;
import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.AccountStore;
import dev.waymark.api.store.AccountStore.SignIn;
import dev.waymark.api.store.CredentialStore;
import dev.waymark.api.store.SessionStore;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** Sessions: begun with a secret, gone on with a refresh token, ended by revocation. */
@Singleton
public final class SignIns {
  /** How long a ticket is good. */
  public static final int TICKET_SECONDS = 30;

  static final String SESSION_PREFIX = "s-";

  private static final String REFRESH_PREFIX = "wmr_";
  private static final String TICKET_PREFIX = "wmt_";

  /** 2^11 rounds, some 100 ms. */
  private static final int COST = 11;

  /** At most so many at once: each takes a core. */
  private static final int HASHED_AT_ONCE = 4;

  /** What bcrypt takes of a secret. */
  private static final int MAX_SECRET_BYTES = 71;

  /** Asked where there is no account, so that the answer takes as long. */
  private static final String NOBODY = hash(Secrets.create(""));

  private final AccountStore accounts;
  private final SessionStore sessions;
  private final CredentialStore credentials;
  private final Credentials known;
  private final Attempts attempts;
  private final Jwts tokens;
  private final Clock clock;
  private final Duration life;
  private final Semaphore hashing = new Semaphore(HASHED_AT_ONCE);

  SignIns(
      ApiConfig config,
      AccountStore accounts,
      SessionStore sessions,
      CredentialStore credentials,
      Credentials known,
      Attempts attempts,
      Jwts tokens,
      Clock clock) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.credentials = credentials;
    this.known = known;
    this.attempts = attempts;
    this.tokens = tokens;
    this.clock = clock;
    this.life = Duration.ofHours(config.security().refreshHours());
  }

  /** What somebody who signed in gets. */
  public record Signed(String accessToken, String refreshToken, long expiresInSeconds) {}

  /** Throws {@link TooManyAttemptsException}; empty where account and secret do not fit. */
  public Optional<Signed> withSecret(String accountId, String secret, String address) {
    attempts.require(address);
    attempts.require(accountId);
    Optional<SignIn> account = accounts.signIn(TenantScope.all(), accountId);
    String hash = account.map(SignIn::secretHash).orElse(NOBODY);
    if (!fits(secret, hash) || account.isEmpty()) {
      attempts.failedSecret(address);
      attempts.failedSecret(accountId);
      return Optional.empty();
    }
    return Optional.of(begin(accountId));
  }

  /** For whom the OpenID provider vouches; empty where no account is theirs. */
  public Optional<Signed> elsewhere(String oidcSubject) {
    return accounts
        .signInElsewhere(TenantScope.all(), oidcSubject)
        .map(account -> begin(account.accountId()));
  }

  private Signed begin(String accountId) {
    String session = SESSION_PREFIX + UUID.randomUUID();
    String refresh = Secrets.create(REFRESH_PREFIX);
    sessions.begin(session, accountId, Secrets.hash(refresh), clock.instant().plus(life));
    return signed(session, accountId, refresh);
  }

  /** The next tokens for a refresh token, which is used up; empty where it is not good. */
  public Optional<Signed> refresh(String refreshToken, String address) {
    attempts.require(address);
    String next = Secrets.create(REFRESH_PREFIX);
    Optional<Signed> signed =
        sessions
            .refresh(Secrets.hash(refreshToken), Secrets.hash(next))
            .map(session -> signed(session.sessionId(), session.accountId(), next));
    if (signed.isEmpty()) {
      attempts.failedSecret(address);
      known.forgetAll();
    }
    return signed;
  }

  private Signed signed(String session, String accountId, String refresh) {
    return new Signed(tokens.issue(session, accountId), refresh, Jwts.LIFE.toSeconds());
  }

  /** Ends the session of an access or a refresh token; says nothing of whether there was one. */
  public void revoke(String token) {
    if (Jwts.isToken(token)) {
      tokens.read(token).ifPresent(claims -> sessions.revoke(claims.sessionId()));
    } else {
      Optional<String> unused = sessions.revoke(Secrets.hash(token));
    }
    known.forgetAll();
  }

  /** A secret for an address, good once and for seconds: what cannot send headers sends this. */
  public String ticket(Caller caller) {
    String ticket = Secrets.create(TICKET_PREFIX);
    credentials.addTicket(Secrets.hash(ticket), caller.credentialId(), TICKET_SECONDS);
    return ticket;
  }

  /** What is kept of a client secret. */
  static String hash(String secret) {
    return BCrypt.withDefaults().hashToString(COST, secret.toCharArray());
  }

  private boolean fits(String secret, String hash) {
    if (secret.getBytes(StandardCharsets.UTF_8).length > MAX_SECRET_BYTES) {
      return false;
    }
    hashing.acquireUninterruptibly();
    try {
      return BCrypt.verifyer().verify(secret.toCharArray(), hash).verified;
    } finally {
      hashing.release();
    }
  }
}
