package dev.waymark.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.ApiServer;
import dev.waymark.testkit.Await;
import dev.waymark.testkit.EmbeddedDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signing in with an OpenID provider, from the browser's first step to our token. */
class OidcIT {
  private static final HttpClient BROWSER = HttpClient.newHttpClient();

  private static EmbeddedDatabase database;
  private static OpenIdProvider provider;
  private static ApiServer api;

  @BeforeAll
  static void start() throws Exception {
    database = EmbeddedDatabase.migrated();
    provider = new OpenIdProvider();
    api =
        ApiServer.start(
            Map.of(
                "WAYMARK_DB_URL",
                database.url(),
                "WAYMARK_DB_USER",
                database.user(),
                "WAYMARK_KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:1",
                "WAYMARK_TIME",
                "log",
                "WAYMARK_OIDC_ISSUER",
                provider.issuer(),
                "WAYMARK_OIDC_CLIENT_ID",
                OpenIdProvider.CLIENT,
                "WAYMARK_OIDC_CLIENT_SECRET",
                OpenIdProvider.SECRET,
                "WAYMARK_OIDC_REDIRECT_URL",
                "http://127.0.0.1:1/auth/oidc/callback"));
    Await.until("reads", () -> api.get("/api/v1/runs").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    api.close();
    provider.close();
    database.close();
  }

  @Test
  void signsInWhoHasAnAccountHere() throws Exception {
    // Given: nobody of that name here
    Step nobody = authorized();
    assertThat(callback(nobody, nobody.cookie()).statusCode()).isEqualTo(401);

    // When
    HttpResponse<String> made =
        api.postJson(
            "/api/v1/accounts",
            "{\"kind\":\"user\",\"name\":\"jane\",\"role\":\"analyst\",\"tenant\":\"*\",\"oidc_subject\":\""
                + provider.issuer()
                + "#jane\"}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    Step jane = authorized();
    HttpResponse<String> answer = callback(jane, jane.cookie());

    // Then
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode token = new ObjectMapper().readTree(answer.body());
    HttpResponse<String> me = api.as(token.path("access_token").asText()).get("/auth/me");
    assertThat(me.body()).contains("\"name\":\"jane\"", "\"role\":\"analyst\"");

    // Then: the same answer is good once, and in the browser that asked alone
    assertThat(callback(jane, jane.cookie()).statusCode()).isEqualTo(401);
    Step other = authorized();
    assertThat(callback(other, "waymark_oidc_state=another").statusCode()).isEqualTo(401);

    // When: a token that is for somebody else
    provider.vouchFor("another-client");
    Step wrong = authorized();

    // Then
    assertThat(callback(wrong, wrong.cookie()).statusCode()).isEqualTo(401);
    provider.vouchFor(OpenIdProvider.CLIENT);
  }

  /** Where the provider sends the browser, and what that keeps for us. */
  private record Step(URI address, String cookie) {}

  private static Step authorized() throws Exception {
    HttpResponse<String> login = api.as("").get("/auth/oidc/login");
    assertThat(login.statusCode()).as(login.body()).isEqualTo(303);
    String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).containsIgnoringCase("HttpOnly").contains("SameSite=Lax");
    URI there = URI.create(login.headers().firstValue("Location").orElseThrow());
    HttpResponse<String> back =
        BROWSER.send(HttpRequest.newBuilder(there).build(), HttpResponse.BodyHandlers.ofString());
    return new Step(
        URI.create(back.headers().firstValue("Location").orElseThrow()), cookie.split(";", 2)[0]);
  }

  private static HttpResponse<String> callback(Step step, String cookie) throws Exception {
    URI ours = api.url().resolve(step.address().getRawPath() + "?" + step.address().getRawQuery());
    return BROWSER.send(
        HttpRequest.newBuilder(ours).header("Cookie", cookie).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
