package dev.waymark.api.accounts;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.waymark.api.config.ApiConfig;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Access tokens: a session's id, signed, for an hour. What it is good for is not in it but with the
 * session, so that a change holds at once. HS256 alone is taken, whatever a token says of itself.
 */
@Singleton
final class Jwts {
  static final Duration LIFE = Duration.ofHours(1);

  private static final String ISSUER = "waymark";
  private static final String AUDIENCE = "waymark-api";
  private static final String SESSION = "sid";
  private static final int MAX_LENGTH = 2_048;

  private final byte[] key;
  private final Clock clock;
  private final JWSVerifier verifier;

  Jwts(ApiConfig config, Clock clock) {
    this.key = config.security().tokenKey();
    this.clock = clock;
    try {
      this.verifier = new MACVerifier(key);
    } catch (JOSEException e) {
      throw new IllegalStateException("a key of 32 bytes serves", e);
    }
  }

  /** What a token says that holds. */
  record Claims(String sessionId, Instant expiresAt) {}

  String issue(String sessionId, String accountId) {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .subject(accountId)
            .claim(SESSION, sessionId)
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFE)))
            .build();
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    try {
      token.sign(new MACSigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("a key of 32 bytes serves", e);
    }
    return token.serialize();
  }

  /** Whether it looks like a token at all; an API key has no dots. */
  static boolean isToken(String bearer) {
    return bearer.indexOf('.') >= 0;
  }

  /** Empty where it is not one of ours, or over. */
  Optional<Claims> read(String token) {
    if (token.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      SignedJWT parsed = SignedJWT.parse(token);
      boolean isOurs =
          JWSAlgorithm.HS256.equals(parsed.getHeader().getAlgorithm()) && parsed.verify(verifier);
      return isOurs ? claims(parsed.getJWTClaimsSet()) : Optional.empty();
    } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
      // Whatever it was, it is not one of ours.
      return Optional.empty();
    }
  }

  private Optional<Claims> claims(JWTClaimsSet claims) throws ParseException {
    Date end = claims.getExpirationTime();
    String session = claims.getStringClaim(SESSION);
    boolean holds =
        ISSUER.equals(claims.getIssuer())
            && List.of(AUDIENCE).equals(claims.getAudience())
            && session != null
            && end != null
            && end.toInstant().isAfter(clock.instant());
    return holds ? Optional.of(new Claims(session, end.toInstant())) : Optional.empty();
  }
}
