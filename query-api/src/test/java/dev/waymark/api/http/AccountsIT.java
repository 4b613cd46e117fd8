package dev.waymark.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.ApiServer;
import dev.waymark.api.DoorsServer;
import dev.waymark.api.accounts.SigningKeys;
import dev.waymark.api.store.StoredRows;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventSignature;
import dev.waymark.testkit.Await;
import dev.waymark.testkit.Events;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts, their credentials, and what each of them sees and may send. */
class AccountsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant T0 = Instant.parse("2025-03-10T08:00:00Z");
  private static final String DOOR = "/api/v1/events";

  @TempDir private static Path objects;

  private static DoorsServer server;
  private static ApiServer operator;
  private static StoredRows rows;

  @BeforeAll
  static void start() {
    server =
        new DoorsServer(
            objects,
            Map.of("WAYMARK_AUTH_ATTEMPTS_A_MINUTE", "1000", "WAYMARK_AUTH_RECHECK_MS", "200"));
    operator = server.api();
    rows = new StoredRows(server.database().dataSource());
    for (String tenant : List.of("acme", "zeta")) {
      assertThat(
              operator.postJson("/api/v1/tenants", "{\"tenant\":\"" + tenant + "\"}").statusCode())
          .isEqualTo(201);
    }
    rows.run("acme", "a1", "bot", "completed", T0);
    rows.run("acme", "a2", "clerk", "completed", T0.plusSeconds(1));
    rows.run("zeta", "z1", "bot", "completed", T0.plusSeconds(2));
    rows.event("acme", "a1", 1, T0, "{\"seq\":1}", 1);
    rows.violation("va", "acme", "answered", "ERROR", "a1", T0, "[]");
    rows.violation("vz", "zeta", "answered", "ERROR", "z1", T0, "[]");
  }

  @AfterAll
  static void stop() {
    rows.close();
    server.close();
  }

  @Test
  void refusesWhoeverShowsNoCredential() throws Exception {
    for (String path : List.of("/api/v1/runs", "/auth/me", "/prometheus", "/api/v1/nothing")) {
      HttpResponse<String> answer = operator.as("").get(path);
      assertThat(json(401, answer).path("status").asInt()).as(path).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }
    assertThat(operator.as("").get("/health").statusCode()).isEqualTo(200);
    assertThat(operator.as("").get("/docs/index.html").statusCode()).isEqualTo(200);
    assertThat(operator.as("").get("/openapi/waymark-openapi.yml").statusCode()).isEqualTo(200);
    assertThat(operator.get("/prometheus").statusCode()).isEqualTo(200);
  }

  @Test
  void tellsWhoOneIs() throws Exception {
    assertThat(json(200, operator.get("/auth/me")).toString())
        .startsWith("{\"tenant\":\"*\",\"role\":\"admin\",\"subject\":\"");
    ApiServer analyst = as("acme", "analyst", "[]");
    assertThat(json(200, analyst.get("/auth/me")).path("role").asText()).isEqualTo("analyst");
  }

  @Test
  void confinesATenantToItsOwn() throws Exception {
    // Given
    ApiServer analyst = as("acme", "analyst", "[]");

    // Then
    assertThat(json(200, analyst.get("/api/v1/runs")).path("items").findValuesAsText("run_id"))
        .containsExactly("a2", "a1");
    assertThat(json(200, analyst.get("/api/v1/runs?tenant=acme")).path("items")).hasSize(2);
    json(403, analyst.get("/api/v1/runs?tenant=zeta"));
    json(403, analyst.get("/api/v1/runs?tenant=no-such-tenant"));
    json(404, analyst.get("/api/v1/runs/z1"));
    json(404, analyst.get("/api/v1/runs/z1/trail"));
    json(404, analyst.get("/api/v1/violations/vz"));
    json(200, analyst.get("/api/v1/violations/va"));
    json(403, analyst.get("/api/v1/dead-letters"));
    JsonNode pipeline = json(200, analyst.get("/api/v1/pipeline"));
    assertThat(pipeline.at("/jobs/0/books").isNull()).isTrue();
    assertThat(json(200, operator.get("/api/v1/runs")).path("items")).hasSizeGreaterThan(2);
  }

  @Test
  void showsAViewerTheRunsOfItsAgentsAlone() throws Exception {
    // Given
    ApiServer viewer = as("acme", "viewer", "[\"bot\"]");

    // Then
    assertThat(json(200, viewer.get("/api/v1/runs")).path("items").findValuesAsText("run_id"))
        .containsExactly("a1");
    json(200, viewer.get("/api/v1/runs/a1/trail"));
    json(404, viewer.get("/api/v1/runs/a2"));
    json(200, viewer.get("/api/v1/violations"));
    json(200, viewer.get("/api/v1/metrics"));
    json(200, viewer.get("/api/v1/metrics/series?group_by=agent"));
    json(200, viewer.get("/api/v1/conflicts"));
    json(200, viewer.get("/api/v1/audit/logs"));
    json(200, viewer.get("/api/v1/audit/sessions"));
    json(403, viewer.get("/api/v1/conformance"));
    assertThat(json(200, as("acme", "viewer", "[]").get("/api/v1/runs")).path("items")).isEmpty();
  }

  @Test
  void takesEventsForTheCredentialsTenantAlone() throws Exception {
    // Given
    ApiServer agent = as("acme", "agent", "[]");
    int before = server.records().size();
    String unnamed = text(Events.request("look").run("own").seq(1));
    String named =
        unnamed
            .replace("\"run_id\"", "\"tenant\":\"acme\",\"run_id\"")
            .replace("\"own\"", "\"named\"");
    String foreign = unnamed.replace("\"run_id\"", "\"tenant\":\"zeta\",\"run_id\"");
    String standard = unnamed.replace("\"run_id\"", "\"tenant\":\"default\",\"run_id\"");

    // When
    JsonNode receipt =
        json(
            202,
            agent.postJson(DOOR, "[" + String.join(",", unnamed, named, foreign, standard) + "]"));

    // Then
    assertThat(receipt.path("accepted").asInt()).isEqualTo(2);
    assertThat(receipt.path("rejected").findValuesAsText("path"))
        .containsExactly("meta.tenant", "meta.tenant");
    assertThat(server.decodedFrom(before))
        .extracting(decoded -> ((Event) decoded).tenant())
        .containsExactly("acme", "acme");
    assertThat(new String(server.records().get(before + 1).value(), StandardCharsets.UTF_8))
        .isEqualTo(named);
    json(403, agent.postJson("/ingest/llm", "{\"events\":[]}", "X-Waymark-Tenant", "zeta"));
    json(403, agent.get("/api/v1/runs"));
  }

  @Test
  void takesAnAgentsOwnEventsAlone() throws Exception {
    // Given
    ApiServer agent = as("acme", "agent", "[\"bot\"]");
    String own = text(Events.request("look").run("mine").agent("bot").seq(1));
    String others = text(Events.request("look").run("mine").agent("clerk").seq(2));

    // When
    JsonNode receipt = json(202, agent.postJson(DOOR, "[" + own + "," + others + "]"));

    // Then
    assertThat(receipt.path("accepted").asInt()).isEqualTo(1);
    assertThat(receipt.at("/rejected/0/path").asText()).isEqualTo("meta.agent_id");
  }

  @Test
  void signsInRefreshesAndEndsASession() throws Exception {
    // Given
    JsonNode made = account(operator, "acme", "analyst", "[]", ",\"client_secret\":true");
    String id = made.at("/account/account_id").asText();
    String secret = made.path("client_secret").asText();
    String body = "{\"client_id\":\"" + id + "\",\"client_secret\":\"" + secret + "\"}";

    // When
    JsonNode token = json(200, operator.as("").postJson("/auth/token", body));

    // Then
    assertThat(token.path("expires_in").asInt()).isEqualTo(3600);
    ApiServer signedIn = operator.as(token.path("access_token").asText());
    json(200, signedIn.get("/api/v1/runs"));
    json(401, operator.as("").postJson("/auth/token", body.replace(secret, "wrong")));

    // When: the refresh token is used, and then used again by a thief
    JsonNode next = refresh(200, token.path("refresh_token").asText());
    json(200, operator.as(next.path("access_token").asText()).get("/api/v1/runs"));
    refresh(401, token.path("refresh_token").asText());

    // Then: the whole session is over
    json(401, operator.as(next.path("access_token").asText()).get("/api/v1/runs"));
    refresh(401, next.path("refresh_token").asText());

    // When
    JsonNode other =
        json(
            200,
            operator
                .as("")
                .post(
                    "/auth/token",
                    ("grant_type=client_credentials&client_id=" + id + "&client_secret=" + secret)
                        .getBytes(StandardCharsets.UTF_8),
                    "Content-Type",
                    "application/x-www-form-urlencoded"));
    String access = other.path("access_token").asText();
    json(200, operator.as(access).get("/auth/me"));
    operator.as("").postJson("/auth/revoke", "{\"token\":\"" + access + "\"}");

    // Then
    json(401, operator.as(access).get("/auth/me"));
  }

  @Test
  void letsInByATicketOnce() throws Exception {
    // Given
    ApiServer analyst = as("acme", "analyst", "[]");
    JsonNode ticket = json(200, analyst.send("POST", "/auth/ticket"));

    // Then
    assertThat(ticket.path("expires_in").asInt()).isEqualTo(30);
    String address = "/auth/me?ticket=" + ticket.path("ticket").asText();
    assertThat(json(200, operator.as("").get(address)).path("tenant").asText()).isEqualTo("acme");
    json(401, operator.as("").get(address));
  }

  @Test
  void rotatesAndRevokesKeys() throws Exception {
    // Given
    JsonNode account = account(operator, "acme", "analyst", "[]", "");
    JsonNode first = key(account.at("/account/account_id").asText(), "");
    String id = first.at("/key/key_id").asText();
    ApiServer before = operator.as(first.path("api_key").asText());
    json(200, before.get("/auth/me"));

    // When
    JsonNode second = json(201, operator.send("POST", "/api/v1/keys/" + id + "/rotate"));

    // Then: both are good for the overlap
    json(200, before.get("/auth/me"));
    ApiServer after = operator.as(second.path("api_key").asText());
    json(200, after.get("/auth/me"));
    json(409, operator.send("POST", "/api/v1/keys/" + id + "/rotate"));
    JsonNode listed =
        json(
            200,
            operator.get("/api/v1/keys?account=" + account.at("/account/account_id").asText()));
    assertThat(listed.at("/items/1/replaced_by").asText())
        .isEqualTo(second.at("/key/key_id").asText());
    assertThat(listed.at("/items/1/last_used_at").isNull()).isFalse();

    // When
    json(200, operator.send("DELETE", "/api/v1/keys/" + second.at("/key/key_id").asText()));

    // Then
    json(401, after.get("/auth/me"));

    // When
    json(
        200,
        operator.send("DELETE", "/api/v1/accounts/" + account.at("/account/account_id").asText()));

    // Then
    json(401, before.get("/auth/me"));
  }

  @Test
  void letsATenantsAdminManageItsOwnAlone() throws Exception {
    // Given
    ApiServer admin = as("acme", "admin", "[]");
    String others =
        account(operator, "zeta", "analyst", "[]", "").at("/account/account_id").asText();
    String theirKey = key(others, "").at("/key/key_id").asText();

    // Then
    json(201, admin.postJson("/api/v1/accounts", body("", "viewer", "[\"bot\"]", "")));
    json(400, admin.postJson("/api/v1/accounts", body("zeta", "viewer", "[]", "")));
    json(400, admin.postJson("/api/v1/accounts", body("*", "admin", "[]", "")));
    json(404, admin.get("/api/v1/accounts/" + others));
    json(404, admin.send("DELETE", "/api/v1/accounts/" + others));
    json(404, admin.send("POST", "/api/v1/accounts/" + others + "/secret"));
    json(404, admin.postJson("/api/v1/keys", "{\"account_id\":\"" + others + "\"}"));
    json(404, admin.send("DELETE", "/api/v1/keys/" + theirKey));
    json(404, admin.send("POST", "/api/v1/keys/" + theirKey + "/rotate"));
    json(403, admin.postJson("/api/v1/tenants", "{\"tenant\":\"mine\"}"));
    json(403, admin.send("DELETE", "/api/v1/tenants/zeta"));
    json(403, admin.postJson("/api/v1/signing-keys", "{\"tenant\":\"zeta\"}"));
    assertThat(json(200, admin.get("/api/v1/tenants")).path("items")).hasSize(1);
    assertThat(
            json(200, admin.get("/api/v1/accounts?limit=1000"))
                .path("items")
                .findValuesAsText("tenant"))
        .containsOnly("acme");
    assertThat(
            json(200, admin.get("/api/v1/keys?limit=1000"))
                .path("items")
                .findValuesAsText("tenant"))
        .containsOnly("acme");
  }

  @Test
  void keepsSigningKeysEncrypted() throws Exception {
    // When
    JsonNode first = json(201, operator.postJson("/api/v1/signing-keys", "{\"tenant\":\"zeta\"}"));
    JsonNode second =
        json(
            201,
            operator.postJson(
                "/api/v1/signing-keys", "{\"tenant\":\"zeta\",\"overlap_seconds\":60}"));

    // Then
    List<SigningKeys.Clear> keys = operator.bean(SigningKeys.class).of("zeta");
    assertThat(keys)
        .extracting(key -> new String(key.secret(), StandardCharsets.UTF_8))
        .containsExactly(second.path("secret").asText(), first.path("secret").asText());
    assertThat(keys.get(0).notAfter()).isNull();
    assertThat(keys.get(1).notAfter()).isNotNull();
    String atRest = scalar("SELECT string_agg(encode(secret, 'escape'), '') FROM signing_keys");
    assertThat(atRest).doesNotContain(first.path("secret").asText());

    // When
    json(200, operator.send("DELETE", "/api/v1/signing-keys/" + first.at("/key/key_id").asText()));

    // Then
    assertThat(operator.bean(SigningKeys.class).of("zeta")).hasSize(1);
  }

  @Test
  void letsEventsBeSignedWithAKeyOfTheTenantUntilItIsRevoked() throws Exception {
    // Given
    JsonNode made = json(201, operator.postJson("/api/v1/signing-keys", "{\"tenant\":\"acme\"}"));
    String keyId = made.at("/key/key_id").asText();
    byte[] secret = made.path("secret").asText().getBytes(StandardCharsets.UTF_8);

    // Then
    assertThat(sendSigned(1, keyId, secret).path("accepted").asInt()).isEqualTo(1);
    assertThat(sendSigned(2, keyId, "forged".getBytes(StandardCharsets.UTF_8)).toString())
        .contains("is not what key " + keyId + " makes of this event");

    // When
    json(200, operator.send("DELETE", "/api/v1/signing-keys/" + keyId));

    // Then
    AtomicInteger seq = new AtomicInteger(2);
    Await.until(
        "the revocation",
        () ->
            sendSigned(seq.incrementAndGet(), keyId, secret)
                .toString()
                .contains("nor its tenant has a key"));
  }

  private static JsonNode sendSigned(int seq, String keyId, byte[] secret) throws Exception {
    String event =
        "{\"seq\":"
            + seq
            + ",\"t\":\"2025-03-10T08:00:00Z\",\"actor\":\"agent\",\"type\":\"reasoning\",\"payload\":{},"
            + "\"meta\":{\"tenant\":\"acme\",\"run_id\":\"signed\",\"agent_id\":\"bot\"}}";
    byte[] signed = EventSignature.sign(event.getBytes(StandardCharsets.UTF_8), keyId, secret);
    return json(202, operator.postJson(DOOR, new String(signed, StandardCharsets.UTF_8)));
  }

  @Test
  void keepsNoSecretInTheDatabase() throws Exception {
    // Given
    JsonNode made = account(operator, "acme", "analyst", "[]", ",\"client_secret\":true");
    JsonNode key = key(made.at("/account/account_id").asText(), "");

    // Then
    String stored =
        scalar("SELECT string_agg(a::text, '') FROM accounts a")
            + scalar("SELECT string_agg(k::text, '') FROM api_keys k");
    assertThat(stored)
        .doesNotContain(
            made.path("client_secret").asText(), key.path("api_key").asText(), ApiServer.ADMIN_KEY);
  }

  private static ApiServer as(String tenant, String role, String agents) throws Exception {
    JsonNode account = account(operator, tenant, role, agents, "");
    return operator.as(
        key(account.at("/account/account_id").asText(), "").path("api_key").asText());
  }

  private static JsonNode account(
      ApiServer api, String tenant, String role, String agents, String more) throws Exception {
    return json(201, api.postJson("/api/v1/accounts", body(tenant, role, agents, more)));
  }

  private static String body(String tenant, String role, String agents, String more) {
    return "{\"kind\":\"application\",\"name\":\"n"
        + System.nanoTime()
        + "\",\"role\":\""
        + role
        + "\",\"agents\":"
        + agents
        + (tenant.isEmpty() ? "" : ",\"tenant\":\"" + tenant + "\"")
        + more
        + "}";
  }

  private static JsonNode key(String accountId, String more) throws Exception {
    return json(
        201,
        operator.postJson("/api/v1/keys", "{\"account_id\":\"" + accountId + "\"" + more + "}"));
  }

  private static JsonNode refresh(int status, String token) throws Exception {
    return json(
        status, operator.as("").postJson("/auth/token", "{\"refresh_token\":\"" + token + "\"}"));
  }

  private static String text(Events event) {
    return new String(event.bytes(), StandardCharsets.UTF_8);
  }

  private static String scalar(String sql) throws SQLException {
    try (Connection connection = server.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return String.valueOf(result.getString(1));
    }
  }

  private static JsonNode json(int status, HttpResponse<String> answer)
      throws JsonProcessingException {
    assertThat(answer.statusCode())
        .as(answer.request().uri() + " " + answer.body())
        .isEqualTo(status);
    return JSON.readTree(answer.body());
  }
}
