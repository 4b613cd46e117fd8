package dev.waymark.api.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A small OpenID provider over HTTP: discovery, keys, codes with PKCE, signed ID tokens. */
final class OpenIdProvider implements AutoCloseable {
  static final String CLIENT = "waymark";
  static final String SECRET = "the secret of waymark at the provider";

  private final HttpServer server;
  private final RSAKey key;
  private final Map<String, Map<String, List<String>>> codes = new ConcurrentHashMap<>();
  private volatile String audience = CLIENT;

  OpenIdProvider() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("k1").algorithm(JWSAlgorithm.RS256).generate();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/.well-known/openid-configuration", this::discovery);
    server.createContext("/keys", this::keys);
    server.createContext("/authorize", this::authorize);
    server.createContext("/token", this::token);
    server.start();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Whom its tokens are for from now on. */
  void vouchFor(String whom) {
    audience = whom;
  }

  private void discovery(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        "{\"issuer\":\"ISS\",\"authorization_endpoint\":\"ISS/authorize\",\"token_endpoint\":\"ISS/token\",\"jwks_uri\":\"ISS/keys\",\"response_types_supported\":[\"code\"],\"subject_types_supported\":[\"public\"],\"id_token_signing_alg_values_supported\":[\"RS256\"]}"
            .replace("ISS", issuer()));
  }

  private void keys(HttpExchange exchange) throws IOException {
    answer(exchange, new JWKSet(key.toPublicJWK()).toString());
  }

  /** Whoever comes is jane. */
  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, List<String>> asked =
        new QueryStringDecoder(exchange.getRequestURI().toString()).parameters();
    String code = UUID.randomUUID().toString();
    codes.put(code, asked);
    exchange
        .getResponseHeaders()
        .add(
            "Location",
            asked.get("redirect_uri").get(0)
                + "?code="
                + code
                + "&state="
                + asked.get("state").get(0));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, List<String>> form = new QueryStringDecoder(body, false).parameters();
    Map<String, List<String>> asked = codes.remove(form.get("code").get(0));
    String basic = exchange.getRequestHeaders().getFirst("Authorization").substring(6);
    String credentials =
        new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8).replace("+", " ");
    boolean isGood =
        asked != null
            && credentials.equals(CLIENT + ":" + SECRET)
            && CodeChallenge.compute(
                    CodeChallengeMethod.S256, new CodeVerifier(form.get("code_verifier").get(0)))
                .getValue()
                .equals(asked.get("code_challenge").get(0));
    if (!isGood) {
      exchange.sendResponseHeaders(400, -1);
      exchange.close();
      return;
    }
    answer(
        exchange,
        "{\"access_token\":\"at\",\"token_type\":\"Bearer\",\"id_token\":\""
            + idToken(asked.get("nonce").get(0))
            + "\"}");
  }

  private String idToken(String nonce) throws IOException {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(),
              new JWTClaimsSet.Builder()
                  .issuer(issuer())
                  .subject("jane")
                  .audience(audience)
                  .issueTime(new Date())
                  .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                  .claim("nonce", nonce)
                  .build());
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IOException(e);
    }
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
