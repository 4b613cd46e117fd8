package dev.waymark.api.trailjob;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.ApiServer;
import dev.waymark.api.pipeline.FlinkStub;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the request to Flink and back; what a job writes is written here. */
class BacktestsIT {
  private static final String BACKTEST = "/api/v1/rules/backtest";
  private static final String RUN = "/jars/2_waymark-jobs.jar/run";
  private static final String DRAFT =
      """
      version: 1
      rules:
        - { id: ends, kind: missing_step, template: existence, activation: { type: final_output } }
      """;

  private final EmbeddedDatabase database = EmbeddedDatabase.migrated();
  private final FlinkStub flink =
      new FlinkStub(
          Map.of(
              "/jars",
              """
              {"files":[
                {"id":"1_waymark-jobs.jar","name":"waymark-jobs.jar","uploaded":1},
                {"id":"2_waymark-jobs.jar","name":"waymark-jobs.jar","uploaded":2},
                {"id":"3_other.jar","name":"other.jar","uploaded":3}]}""",
              RUN,
              "{\"jobid\":\"x\"}"));
  private ApiServer api;

  @BeforeEach
  void start() {
    api = server(flink.url());
  }

  @AfterEach
  void stop() {
    api.close();
    flink.close();
    database.close();
  }

  @Test
  void handsADraftToFlinkAndShowsWhatTheJobWrites() throws Exception {
    // When
    HttpResponse<String> answer =
        api.post(BACKTEST + "?from=2026-01-01T00:00:00Z&agent=bot", DRAFT);

    // Then
    JsonNode begun = json(202, answer);
    String id = begun.path("backtest_id").asText();
    assertThat(answer.headers().firstValue("Location")).contains(BACKTEST + "/" + id);
    assertThat(begun.path("state").asText()).isEqualTo("queued");
    assertThat(begun.path("from").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(begun.path("agent").asText()).isEqualTo("bot");
    JsonNode order =
        new ObjectMapper().readTree(flink.orders().get(0).substring(("POST " + RUN).length()));
    assertThat(order.path("jobId").asText()).isEqualTo(id);
    assertThat(order.path("entryClass").asText()).isEqualTo("dev.waymark.jobs.BacktestJob");
    assertThat(order.path("programArgsList").path(1).asText()).isEqualTo(id);

    // When
    flink.put("/jobs/" + id, "{\"state\":\"RUNNING\"}");
    execute("UPDATE trail_jobs SET state = 'running', events_read = 5, events_total = 9");

    // Then
    JsonNode progress = backtest(id).path("progress");
    assertThat(progress.path("events_read").asLong()).isEqualTo(5);
    assertThat(progress.path("events_total").asLong()).isEqualTo(9);

    // When
    execute(
        "UPDATE trail_jobs SET state = 'finished', finished_at = now(), result = '[{\"rule_id\": \"ends\"}]'");
    for (int i = 0; i < 3; i++) {
      execute(
          "INSERT INTO backtest_violations VALUES ('"
              + id
              + "', '"
              + (i == 0 ? "both" : "draft")
              + "', 'ends', '2026-01-01T00:00:0"
              + i
              + "Z', 'v"
              + i
              + "', '{\"violation_id\": \"v"
              + i
              + "\"}')");
    }

    // Then
    assertThat(backtest(id).path("rules").path(0).path("rule_id").asText()).isEqualTo("ends");
    JsonNode page = json(200, api.get(BACKTEST + "/" + id + "/violations?limit=2"));
    assertThat(page.path("items").findValuesAsText("violation_id")).containsExactly("v0", "v1");
    assertThat(page.path("items").path(0).path("found_by").asText()).isEqualTo("both");
    JsonNode rest =
        json(
            200,
            api.get(
                BACKTEST
                    + "/"
                    + id
                    + "/violations?limit=2&cursor="
                    + page.path("next_cursor").asText()));
    assertThat(rest.path("items").findValuesAsText("violation_id")).containsExactly("v2");
    assertThat(
            json(200, api.get(BACKTEST + "/" + id + "/violations?found_by=draft&rule=ends"))
                .path("items"))
        .hasSize(2);
    assertThat(json(200, api.get(BACKTEST)).path("items").findValuesAsText("backtest_id"))
        .containsExactly(id);
  }

  @Test
  void refusesABadDraftWithEveryProblem() throws Exception {
    // When
    JsonNode problem =
        json(
            422,
            api.post(BACKTEST, "version: 2\nrules: [{ id: A, kind: sequence, template: idle }]"));

    // Then
    assertThat(problem.path("errors").findValuesAsText("parameter"))
        .contains("version", "rules[0].id", "rules[0].within");
    assertThat(json(422, api.post(BACKTEST, "version: 1\nrules: []")).path("detail").asText())
        .isEqualTo("rules: must have a rule at least, was empty");
    assertThat(flink.orders()).isEmpty();
  }

  @Test
  void takesNoMoreThanMayRunUntilOneIsOver() throws Exception {
    // Given
    String id = json(202, api.post(BACKTEST, DRAFT)).path("backtest_id").asText();
    flink.put("/jobs/" + id, "{\"state\":\"RUNNING\"}");

    // When
    JsonNode problem = json(429, api.post(BACKTEST, DRAFT));

    // Then
    assertThat(problem.path("detail").asText())
        .isEqualTo("as many wait or run already as may (backtest: 1); try again later");
    flink.put("/jobs/" + id + "?mode=cancel", "{}");
    assertThat(json(200, api.send("DELETE", BACKTEST + "/" + id)).path("state").asText())
        .isEqualTo("cancelled");
    assertThat(flink.orders().get(1)).startsWith("PATCH /jobs/" + id + "?mode=cancel");
    json(202, api.post(BACKTEST, DRAFT));
  }

  @Test
  void isUnavailableWhileFlinkIsAndNotesNothing() throws Exception {
    // Given
    try (ApiServer alone = server("http://127.0.0.1:1")) {
      // When
      HttpResponse<String> answer = alone.post(BACKTEST, DRAFT);

      // Then
      assertThat(json(503, answer).path("detail").asText())
          .isEqualTo("Flink at http://127.0.0.1:1 does not answer");
      assertThat(json(200, alone.get(BACKTEST)).path("items")).isEmpty();
    }
  }

  @Test
  void tellsWhyAJobWasNotTaken() throws Exception {
    // Given
    flink.refuse(
        RUN,
        "{\"errors\":[\"Internal\",\"org.x.A: a\\n\\tat org.x.B.c(B.java:1)\\nCaused by: org.x.D: no such rule\\n\\tat org.x.E\"]}");

    // When
    JsonNode begun = json(202, api.post(BACKTEST, DRAFT));

    // Then
    assertThat(begun.path("state").asText()).isEqualTo("failed");
    assertThat(begun.path("error").asText()).isEqualTo("org.x.D: no such rule");
  }

  @Test
  void findsOutThatAJobFailedOrIsGoneAfterARestartToo() throws Exception {
    // Given
    String id = json(202, api.post(BACKTEST, DRAFT)).path("backtest_id").asText();
    api.close();
    api = server(flink.url());

    // When it is on its way
    assertThat(backtest(id).path("state").asText()).isEqualTo("queued");

    // When it has failed
    flink.put("/jobs/" + id, "{\"state\":\"FAILED\"}");
    flink.put(
        "/jobs/" + id + "/exceptions",
        "{\"exceptionHistory\":{\"entries\":[{\"stacktrace\":\"x\\nCaused by: no slot\\n\\tat y\"}]}}");

    // Then
    JsonNode failed = backtest(id);
    assertThat(failed.path("state").asText()).isEqualTo("failed");
    assertThat(failed.path("error").asText()).isEqualTo("no slot");

    // When another is gone
    String gone = json(202, api.post(BACKTEST, DRAFT)).path("backtest_id").asText();
    execute("UPDATE trail_jobs SET created_at = now() - interval '1 hour' WHERE state = 'queued'");

    // Then
    assertThat(backtest(gone).path("error").asText())
        .isEqualTo("Flink does not know its job any more");
  }

  @Test
  void waitsForTheExplanationOfARunAndKeepsItForAWhile() throws Exception {
    // Given
    try (StoredRows rows = new StoredRows(database.dataSource())) {
      rows.run("acme", "r1", "bot", "running", Instant.parse("2026-01-01T00:00:00Z"));
    }
    String explain = "/api/v1/runs/r1/explain";

    // When it takes longer than a request waits
    HttpResponse<String> waiting = api.get(explain);

    // Then
    assertThat(json(202, waiting).path("state").asText()).isEqualTo("queued");
    assertThat(waiting.headers().firstValue("Retry-After")).contains("1");
    assertThat(flink.orders().get(0)).contains("dev.waymark.jobs.ExplainJob");

    // When
    execute(
        """
        UPDATE trail_jobs SET state = 'finished', result = '{"tenant": "acme", "run_id": "r1",
          "as_of": "2026-01-01T00:00:10Z", "not_applied": [{"rule_id": "x", "rule_version": null, "number": 0,
          "reason": "it came into force later"}],
          "rules": [{"rule_id": "a", "rule_version": "v", "kind": "timelag", "template": "response",
          "severity": "ERROR", "mode": "active", "state": "open", "cases": 1, "activations": 1, "held": 0, "vacuous": 0,
          "broken": 0, "open": 1, "violations": [], "pending": [{"waits_for": "action_response",
          "since": {"seq": 12, "t": "2026-01-01T00:00:01Z", "correlation": "c7"},
          "due_at": "2026-01-01T00:00:31Z"}]}]}'""");

    // Then
    JsonNode explained = json(200, api.get(explain));
    assertThat(explained.path("state").asText()).isEqualTo("finished");
    JsonNode pending = explained.path("rules").path(0).path("pending").path(0);
    assertThat(pending.path("since").path("seq").asLong()).isEqualTo(12);
    assertThat(pending.path("due_at").asText()).isEqualTo("2026-01-01T00:00:31Z");
    assertThat(explained.path("not_applied").path(0).path("reason").asText())
        .isEqualTo("it came into force later");
    assertThat(flink.orders()).hasSize(1);

    // When it is old
    execute("UPDATE trail_jobs SET created_at = now() - interval '1 minute'");

    // Then
    json(202, api.get(explain));
    assertThat(flink.orders()).hasSize(2);
    json(404, api.get("/api/v1/runs/none/explain"));
  }

  @Test
  void knowsOnlyItsOwn() throws Exception {
    assertThat(json(404, api.get(BACKTEST + "/none")).path("detail").asText())
        .isEqualTo("backtest \"none\" is not known");
    json(404, api.get(BACKTEST + "/none/violations"));
    json(404, api.send("DELETE", BACKTEST + "/none"));
  }

  private JsonNode backtest(String id) throws JsonProcessingException {
    return json(200, api.get(BACKTEST + "/" + id));
  }

  private ApiServer server(String flinkUrl) {
    Map<String, String> environment = new HashMap<>();
    environment.put("WAYMARK_DB_URL", database.url());
    environment.put("WAYMARK_DB_USER", database.user());
    environment.put("WAYMARK_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    environment.put("WAYMARK_FLINK_URL", flinkUrl);
    environment.put("WAYMARK_TIME", "log");
    environment.put("WAYMARK_EXPLAIN_WAIT_MS", "0");
    ApiServer server = ApiServer.start(environment);
    Await.until("reads", () -> server.get("/api/v1/runs").statusCode() == 200);
    return server;
  }

  private static JsonNode json(int status, HttpResponse<String> answer)
      throws JsonProcessingException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return new ObjectMapper().readTree(answer.body());
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
