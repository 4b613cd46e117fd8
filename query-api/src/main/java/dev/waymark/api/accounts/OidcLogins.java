package dev.waymark.api.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.waymark.api.accounts.SignIns.Signed;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.config.OidcConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signing in with an OpenID provider: authorization code with PKCE, state and nonce. Whoever it
 * vouches for must have an account here, by issuer and subject; nobody gets one by signing in.
 */
@Singleton
public final class OidcLogins {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int REMEMBERED = 10_000;
  private static final int TIMEOUT_MS = 5_000;

  private final Optional<OidcConfig> config;
  private final SignIns signIns;
  private final Cache<String, Begun> begun =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(PATIENCE).build();
  private volatile @Nullable OIDCProviderMetadata provider;

  /** A login that the provider has not answered yet. */
  private record Begun(Nonce nonce, CodeVerifier verifier) {}

  OidcLogins(ApiConfig config, SignIns signIns) {
    this.config = config.security().oidc();
    this.signIns = signIns;
  }

  /** Where to send somebody, and the state to know their browser by when they come back. */
  public record Login(URI address, String state) {}

  /** Begins one; empty where no provider is configured. Throws {@link OidcException}. */
  public Optional<Login> begin() {
    return config.map(this::begin);
  }

  private Login begin(OidcConfig there) {
    State state = new State();
    Begun login = new Begun(new Nonce(), new CodeVerifier());
    begun.put(state.getValue(), login);
    URI address =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                new Scope("openid"),
                new ClientID(there.clientId()),
                there.redirectUrl())
            .endpointURI(provider(there).getAuthorizationEndpointURI())
            .state(state)
            .nonce(login.nonce())
            .codeChallenge(login.verifier(), CodeChallengeMethod.S256)
            .build()
            .toURI();
    return new Login(address, state.getValue());
  }

  /**
   * Ends one; empty where nobody began it, or whoever it was has no account. Throws {@link
   * OidcException} where the provider does not vouch for them.
   */
  public Optional<Signed> end(String state, String code) {
    Begun login = begun.asMap().remove(state);
    if (login == null || config.isEmpty()) {
      return Optional.empty();
    }
    OidcConfig there = config.get();
    try {
      IDTokenClaimsSet claims = claims(there, login, code);
      return signIns.elsewhere(
          claims.getIssuer().getValue() + "#" + claims.getSubject().getValue());
    } catch (IOException e) {
      throw OidcException.away(e);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw OidcException.refused(e);
    }
  }

  private IDTokenClaimsSet claims(OidcConfig there, Begun login, String code)
      throws IOException, ParseException, BadJOSEException, JOSEException {
    OIDCProviderMetadata metadata = provider(there);
    ClientID client = new ClientID(there.clientId());
    HTTPRequest request =
        new TokenRequest.Builder(
                metadata.getTokenEndpointURI(),
                new ClientSecretBasic(client, new Secret(there.clientSecret())),
                new AuthorizationCodeGrant(
                    new AuthorizationCode(code), there.redirectUrl(), login.verifier()))
            .build()
            .toHTTPRequest();
    request.setConnectTimeout(TIMEOUT_MS);
    request.setReadTimeout(TIMEOUT_MS);
    TokenResponse response = OIDCTokenResponseParser.parse(request.send());
    if (!(response instanceof OIDCTokenResponse tokens)) {
      throw new ParseException("the provider gave no token");
    }
    return new IDTokenValidator(
            metadata.getIssuer(), client, JWSAlgorithm.RS256, metadata.getJWKSetURI().toURL())
        .validate(tokens.getOIDCTokens().getIDToken(), login.nonce());
  }

  private OIDCProviderMetadata provider(OidcConfig there) {
    OIDCProviderMetadata known = provider;
    if (known != null) {
      return known;
    }
    try {
      OIDCProviderMetadata found =
          OIDCProviderMetadata.resolve(new Issuer(there.issuer()), TIMEOUT_MS, TIMEOUT_MS);
      provider = found;
      return found;
    } catch (IOException e) {
      throw OidcException.away(e);
    } catch (GeneralException e) {
      throw OidcException.refused(e);
    }
  }
}
