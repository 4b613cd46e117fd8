package dev.waymark.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.DoorsServer;
import dev.waymark.api.store.StoredRows;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was added to the API for the dashboard, on a real database and broker. */
class DashboardRoutesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant T0 = Instant.parse("2025-03-10T08:00:00Z");
  private static final String RULE =
      """
      version: 1
      rules:
        - { id: ends, kind: missing_step, template: existence, activation: { type: final_output } }
      """;

  @TempDir private static Path folder;
  private static DoorsServer server;
  private static StoredRows rows;

  @BeforeAll
  static void start() {
    server = new DoorsServer(folder, Map.of("WAYMARK_API_MAX_PROCESS_MAP_EVENTS", "6"));
    rows = new StoredRows(server.database().dataSource());
    run("acme", "old", T0.minusSeconds(60), "a", "b");
    run("acme", "mid", T0, "a", "b", "b");
    run("acme", "new", T0.plusSeconds(60), "a", "c", "b");
    run("zeta", "other", T0, "z");
    rows.violation(
        "v1",
        "acme",
        "answered",
        "ERROR",
        "new",
        T0,
        "[{\"run_id\":\"new\",\"seq\":2,\"t\":\""
            + T0
            + "\",\"identity\":\"seq:2\",\"role\":\"x\"}]");
  }

  @AfterAll
  static void stop() {
    rows.close();
    server.close();
  }

  /** A run of requests a second apart. */
  private static void run(String tenant, String id, Instant begin, String... actions) {
    rows.run(tenant, id, "bot", "completed", begin);
    rows.execute("UPDATE runs SET events = ? WHERE run_id = ?", (long) actions.length, id);
    for (int i = 0; i < actions.length; i++) {
      rows.event(tenant, id, i + 1, begin.plusSeconds(i), "{}", i);
      rows.execute(
          "UPDATE events SET action = ? WHERE run_id = ? AND seq = ?",
          actions[i],
          id,
          (long) (i + 1));
    }
  }

  @Test
  void drawsWhatFollowedWhatInTheLatestRunsUpToTheBound() throws Exception {
    // When
    JsonNode map = json(200, server.api().get("/api/v1/process-map?tenant=acme"));

    // Then
    assertThat(map.path("runs").asInt()).isEqualTo(2);
    assertThat(map.path("truncated").asBoolean()).isTrue();
    assertThat(map.path("events").asInt()).isEqualTo(6);
    assertThat(map.path("activities").findValuesAsText("name")).containsExactly("b", "a", "c");
    JsonNode b = map.path("activities").path(0);
    assertThat(b.path("count").asInt()).isEqualTo(3);
    assertThat(b.path("ends").asInt()).isEqualTo(2);
    JsonNode c = map.path("activities").path(2);
    assertThat(c.path("proving").asInt()).isEqualTo(1);
    JsonNode flow = flow(map, "action_request:a", "action_request:c");
    assertThat(flow.path("count").asInt()).isEqualTo(1);
    assertThat(flow.path("median_gap_ms").asDouble()).isEqualTo(1_000);
    assertThat(flow.path("proving").asInt()).isEqualTo(1);
    assertThat(map.path("flows")).hasSize(4);
  }

  @Test
  void limitsRequestsButNotTheFilesOfAPageOfWhichThereAreDozens() {
    assertThat(server.api().get("/").headers().firstValue("RateLimit")).isEmpty();
    assertThat(server.api().get("/api/v1/runs").headers().firstValue("RateLimit")).isPresent();
  }

  @Test
  void keepsOtherTenantsOutOfAProcessMap() throws Exception {
    assertThat(
            json(200, server.api().get("/api/v1/process-map?tenant=zeta"))
                .path("activities")
                .findValuesAsText("name"))
        .containsExactly("z");
    assertThat(json(200, server.api().get("/api/v1/process-map?tenant=none")).path("activities"))
        .isEmpty();
  }

  @Test
  void showsATimelineWithoutRecordsPageByPage() throws Exception {
    // When
    JsonNode first = json(200, server.api().get("/api/v1/runs/new/timeline?limit=2"));
    JsonNode second =
        json(
            200,
            server
                .api()
                .get(
                    "/api/v1/runs/new/timeline?limit=2&cursor="
                        + first.path("next_cursor").asText()));

    // Then
    assertThat(first.path("items").findValuesAsText("action")).containsExactly("a", "c");
    assertThat(first.path("items").path(0).has("event")).isFalse();
    assertThat(second.path("items").findValuesAsText("action")).containsExactly("b");
    assertThat(second.path("next_cursor").isNull()).isTrue();
    assertThat(server.api().get("/api/v1/runs/new/timeline?limit=10001").statusCode())
        .isEqualTo(400);
    assertThat(server.api().get("/api/v1/runs/none/timeline").statusCode()).isEqualTo(404);
  }

  @Test
  void publishesARuleOnceAndNumbersItsVersions() throws Exception {
    // When
    JsonNode first = json(200, server.api().post("/api/v1/rules", RULE));
    JsonNode again = json(200, server.api().post("/api/v1/rules", RULE));
    JsonNode changed =
        json(
            200,
            server
                .api()
                .post(
                    "/api/v1/rules?effective_at=2025-03-10T08:00:00Z",
                    RULE.replace("id: ends,", "id: ends, mode: shadow,")));

    // Then
    assertThat(first.path("changed").path(0).path("number").asInt()).isEqualTo(1);
    assertThat(first.path("changed").path(0).path("effective_at").asText())
        .startsWith("0000-01-01");
    assertThat(again.path("changed")).isEmpty();
    assertThat(again.path("unchanged").asInt()).isEqualTo(1);
    assertThat(changed.path("changed").path(0).path("number").asInt()).isEqualTo(2);
    assertThat(changed.path("changed").path(0).path("effective_at").asText())
        .isEqualTo("2025-03-10T08:00:00Z");
  }

  @Test
  void publishesNothingOfABadRuleSet() throws Exception {
    // When
    JsonNode problem =
        json(422, server.api().post("/api/v1/rules", RULE.replace("existence", "x")));

    // Then
    assertThat(problem.path("errors").path(0).path("parameter").asText())
        .isEqualTo("rules[0].template");
  }

  @Test
  void publishesADeadLetterAnewUnlessItWouldBeRefusedAgain() throws Exception {
    // Given
    String event =
        """
        {"seq":1,"t":"2025-03-10T08:00:00Z","actor":"agent","type":"final_output","payload":{"output":"x"},
         "meta":{"run_id":"redriven","agent_id":"bot"}}""";
    rows.deadLetter("waymark-trail", "too_large", T0, event.getBytes(StandardCharsets.UTF_8), 7);
    rows.deadLetter("waymark-trail", "not_json", T0, "{".getBytes(StandardCharsets.UTF_8), 8);
    int before = server.records().size();

    // When
    JsonNode receipt = json(200, server.api().send("POST", redrive(7)));
    HttpResponse<String> refused = server.api().send("POST", redrive(8));
    HttpResponse<String> unknown = server.api().send("POST", redrive(9));
    HttpResponse<String> unsaid = server.api().send("POST", "/api/v1/dead-letters/redrive");

    // Then
    assertThat(receipt.path("accepted").asInt()).isEqualTo(1);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("it would be refused again");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unsaid.statusCode()).isEqualTo(400);
    assertThat(server.records()).hasSize(before + 1);
    assertThat(new String(server.records().get(before).key(), StandardCharsets.UTF_8))
        .isEqualTo("default/redriven");
  }

  private static String redrive(long offset) {
    return "/api/v1/dead-letters/redrive?topic=waymark.events.v1&partition=0&offset=" + offset;
  }

  private static JsonNode flow(JsonNode map, String source, String target) {
    for (JsonNode flow : map.path("flows")) {
      if (flow.path("source").asText().equals(source)
          && flow.path("target").asText().equals(target)) {
        return flow;
      }
    }
    throw new AssertionError("no flow from " + source + " to " + target);
  }

  private static JsonNode json(int status, HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }
}
