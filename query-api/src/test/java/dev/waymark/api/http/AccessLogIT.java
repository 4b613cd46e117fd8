package dev.waymark.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.ApiServer;
import dev.waymark.api.store.StoredRows;
import dev.waymark.testkit.Await;
import dev.waymark.testkit.EmbeddedDatabase;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is noted of reads and changes, and how often one may ask. */
class AccessLogIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant T0 = Instant.parse("2025-03-10T08:00:00Z");

  private static EmbeddedDatabase database;
  private static ApiServer api;

  @BeforeAll
  static void start() {
    database = EmbeddedDatabase.migrated();
    try (StoredRows rows = new StoredRows(database.dataSource())) {
      rows.run("acme", "a1", "bot", "completed", T0);
      rows.event("acme", "a1", 1, T0, "{\"seq\":1}", 1);
      rows.event("acme", "a1", 2, T0, "{\"seq\":2}", 2);
    }
    api = server(Map.of());
  }

  private static ApiServer server(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("WAYMARK_DB_URL", database.url());
    environment.put("WAYMARK_DB_USER", database.user());
    environment.put("WAYMARK_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    environment.put("WAYMARK_TIME", "log");
    ApiServer started = ApiServer.start(environment);
    Await.until("reads", () -> started.get("/auth/me").statusCode() == 200);
    return started;
  }

  @AfterAll
  static void stop() {
    api.close();
    database.close();
  }

  @Test
  void notesWhoReadATrailAndHowManyRows() throws Exception {
    // When
    api.get("/api/v1/runs/a1/trail?limit=10");
    api.get("/api/v1/runs/no-such-run/trail");
    api.get("/api/runs/a1/trace");

    // Then
    JsonNode entries = entries("?kind=trail&tenant=acme");
    assertThat(entries.path(0).path("route").asText()).startsWith("/api/runs/{run_id}/trace");
    JsonNode trail = entries.path(1);
    assertThat(trail.path("route").asText()).isEqualTo("/api/v1/runs/{run_id}/trail");
    assertThat(trail.path("target").asText()).isEqualTo("/api/v1/runs/a1/trail?limit=10");
    assertThat(trail.path("rows").asInt()).isEqualTo(2);
    assertThat(trail.path("status").asInt()).isEqualTo(200);
    assertThat(trail.path("name").asText()).isEqualTo("admin");
    assertThat(trail.path("caller_tenant").asText()).isEqualTo("*");
    assertThat(trail.path("address").asText()).isEqualTo("127.0.0.1");
    assertThat(entries).hasSize(2);
  }

  @Test
  void notesChangesWithTheirEnd() throws Exception {
    // When
    api.postJson("/api/v1/tenants", "{\"tenant\":\"noted\"}");
    api.postJson("/api/v1/tenants", "{\"tenant\":\"noted\"}");

    // Then
    JsonNode entries = entries("?kind=change&route=/api/v1/tenants");
    assertThat(entries.findValuesAsText("status")).startsWith("409", "201");
    assertThat(entries.path(0).path("method").asText()).isEqualTo("POST");
    assertThat(entries.path(0).path("rows").isNull()).isTrue();
  }

  @Test
  void answersNothingThatCannotBeNoted() throws Exception {
    // Given
    execute("ALTER TABLE access_log RENAME TO away");
    HttpResponse<String> read;
    HttpResponse<String> change;
    try {
      // When
      read = api.get("/api/v1/runs/a1/trail");
      change = api.postJson("/api/v1/tenants", "{\"tenant\":\"not-noted\"}");
    } finally {
      execute("ALTER TABLE away RENAME TO access_log");
    }

    // Then
    assertThat(read.statusCode()).isEqualTo(503);
    assertThat(read.body()).doesNotContain("seq");
    assertThat(change.statusCode()).isEqualTo(503);
    assertThat(JSON.readTree(api.get("/api/v1/tenants").body()).toString())
        .doesNotContain("not-noted");
  }

  @Test
  void tellsHowOftenOneMayAskAndTurnsAwayBeyond() throws Exception {
    // Given
    try (ApiServer strict = server(Map.of("WAYMARK_LIMIT_CHANGES", "2"))) {
      // When
      HttpResponse<String> first = strict.postJson("/api/v1/tenants", "{}");
      strict.postJson("/api/v1/tenants", "{}");
      HttpResponse<String> third = strict.postJson("/api/v1/tenants", "{}");

      // Then
      assertThat(first.headers().firstValue("RateLimit-Policy")).contains("\"change\";q=2;w=60");
      assertThat(first.headers().firstValue("RateLimit").orElseThrow())
          .matches("\"change\";r=1;t=\\d+");
      assertThat(third.statusCode()).isEqualTo(429);
      assertThat(third.headers().firstValue("Retry-After").orElseThrow()).matches("\\d+");
      assertThat(third.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(strict.get("/api/v1/runs").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void turnsAwayWhoGuessesSecrets() {
    // Given
    try (ApiServer strict = server(Map.of("WAYMARK_AUTH_ATTEMPTS_A_MINUTE", "3"))) {
      // When
      for (int i = 0; i < 3; i++) {
        assertThat(guess(strict).statusCode()).isEqualTo(401);
      }
      HttpResponse<String> beyond = guess(strict);

      // Then
      assertThat(beyond.statusCode()).isEqualTo(429);
      assertThat(beyond.headers().firstValue("Retry-After")).isPresent();
      assertThat(strict.get("/auth/me").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void honoursARevocationOfAnotherProcessAndKnowsKeysDuringAnOutage() throws Exception {
    // Given: two processes, one of which has seen the key
    try (ApiServer other = server(Map.of("WAYMARK_AUTH_RECHECK_MS", "0"))) {
      JsonNode account =
          JSON.readTree(
              api.postJson(
                      "/api/v1/accounts",
                      "{\"kind\":\"agent\",\"name\":\"a\",\"role\":\"analyst\",\"tenant\":\"*\"}")
                  .body());
      JsonNode key =
          JSON.readTree(
              api.postJson(
                      "/api/v1/keys",
                      "{\"account_id\":\"" + account.at("/account/account_id").asText() + "\"}")
                  .body());
      ApiServer caller = other.as(key.path("api_key").asText());
      assertThat(caller.get("/auth/me").statusCode()).isEqualTo(200);

      // When
      database.refuseConnections();
      int duringOutage = caller.get("/auth/me").statusCode();
      int unknownDuringOutage = other.as("wmk_unknown").get("/auth/me").statusCode();
      database.allowConnections();

      // Then
      assertThat(duringOutage).isEqualTo(200);
      assertThat(unknownDuringOutage).isEqualTo(503);

      // When
      Await.until("reads", () -> api.get("/api/v1/runs").statusCode() == 200);
      String id = key.at("/key/key_id").asText();
      assertThat(api.send("DELETE", "/api/v1/keys/" + id).statusCode()).isEqualTo(200);

      // Then
      Await.until("revoked", () -> caller.get("/auth/me").statusCode() == 401);
    }
  }

  private static HttpResponse<String> guess(ApiServer server) {
    return server
        .as("")
        .postJson("/auth/token", "{\"client_id\":\"somebody\",\"client_secret\":\"guess\"}");
  }

  private static JsonNode entries(String query) throws Exception {
    HttpResponse<String> answer = api.get("/api/v1/access-log" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("items");
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
