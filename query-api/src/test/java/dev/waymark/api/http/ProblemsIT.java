package dev.waymark.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.ApiServer;
import dev.waymark.testkit.Await;
import dev.waymark.testkit.EmbeddedDatabase;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What goes wrong is answered as problem+json, whoever found it. */
class ProblemsIT {
  private static EmbeddedDatabase database;
  private static ApiServer api;

  @BeforeAll
  static void start() {
    database = EmbeddedDatabase.migrated();
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
                "log"));
    Await.until("reads", () -> api.get("/api/v1/runs").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    api.close();
    database.close();
  }

  @Test
  void reportsEveryWrongParameterAtOnce() throws Exception {
    // When
    JsonNode problem =
        problem(
            400,
            api.get(
                "/api/v1/runs?limit=1001&from=yesterday&status=odd&has_violations=maybe&cursor=x&agent="));

    // Then
    assertThat(problem.path("errors").findValuesAsText("parameter"))
        .containsExactly("agent", "status", "from", "has_violations", "limit", "cursor");
    assertThat(problem.path("errors").path(4).path("reason").asText())
        .isEqualTo("must be a whole number from 1 to 1000, was \"1001\"");
    assertThat(problem.path("detail").asText()).isEqualTo("agent: must not be empty");
  }

  @Test
  void refusesUnknownAndRepeatedParameters() throws Exception {
    // When
    JsonNode problem = problem(400, api.get("/api/v1/violations?agnet=bot&limit=1&limit=2"));

    // Then
    assertThat(problem.path("errors").findValuesAsText("reason"))
        .containsExactly(
            "is not a parameter of this route; known are agent, cursor, from, kind, limit, rule, run,"
                + " severity, tenant, to",
            "must be given once, was 2 times");
    assertThat(problem(400, api.get("/api/v1/pipeline?x=1")).path("detail").asText())
        .isEqualTo("x: is not a parameter of this route; this route takes none");
  }

  @Test
  void refusesTheCursorOfAnotherList() throws Exception {
    // Given: a cursor of the list of rules, well formed
    String cursor = "dQABYQAAAAAAAAABAAF2";

    // Then
    assertThat(api.get("/api/v1/rules?cursor=" + cursor).statusCode()).isEqualTo(200);
    assertThat(problem(400, api.get("/api/v1/runs?cursor=" + cursor)).path("detail").asText())
        .isEqualTo("cursor: must be the next_cursor of an earlier page of this list");
  }

  @Test
  void answersWhatTheFrameworkFindsWrongInTheSameForm() throws Exception {
    assertThat(problem(404, api.get("/api/v1/nothing")).path("title").asText())
        .isEqualTo("Not Found");
    assertThat(problem(404, api.get("/api/v1/runs/none")).path("detail").asText())
        .isEqualTo("run \"none\" is not known");
    assertThat(problem(405, api.send("POST", "/api/v1/runs")).path("instance").asText())
        .isEqualTo("/api/v1/runs");
    assertThat(api.send("DELETE", "/api/v1/runs").headers().firstValue("Allow")).isPresent();
    problem(400, api.get("/api/v1/runs/%FF%00"));
  }

  @Test
  void tellsNoCallerOfItsInnards() throws Exception {
    // Given: something that is wrong with us
    execute("ALTER TABLE rule_outcomes RENAME COLUMN held TO kept");

    // When
    HttpResponse<String> answer = api.get("/api/v1/conformance");
    execute("ALTER TABLE rule_outcomes RENAME COLUMN kept TO held");

    // Then
    assertThat(problem(500, answer).path("detail").asText())
        .isEqualTo("The server failed; its log holds the cause.");
    assertThat(answer.body()).doesNotContain("Exception", "SQL", "column");
  }

  @Test
  void isUnavailableWhileTheDatabaseIsAndRecovers() throws Exception {
    // Given
    Await.until("reads", () -> api.get("/api/v1/runs").statusCode() == 200);

    // When
    database.refuseConnections();
    HttpResponse<String> away = api.get("/api/v1/runs");

    // Then
    assertThat(problem(503, away).path("detail").asText())
        .isEqualTo("the database is not reachable");
    assertThat(away.headers().firstValue("Retry-After")).contains("2");
    HttpResponse<String> health = api.get("/health");
    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(
            new ObjectMapper()
                .readTree(health.body())
                .path("details")
                .path("database")
                .path("status")
                .asText())
        .isEqualTo("DOWN");
    assertThat(api.get("/health/liveness").statusCode()).isEqualTo(200);
    database.allowConnections();
    Await.until("reads", () -> api.get("/api/v1/runs").statusCode() == 200);
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static JsonNode problem(int status, HttpResponse<String> answer)
      throws JsonProcessingException {
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = new ObjectMapper().readTree(answer.body());
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("type").asText()).isEqualTo("about:blank");
    return problem;
  }
}
