package dev.waymark.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.DoorsServer;
import dev.waymark.api.store.StoredRows;
import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.testkit.Events;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of what Waymark takes the place of write and read as they did. */
class DoorsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path objects;

  private static DoorsServer server;

  @BeforeAll
  static void start() {
    server = new DoorsServer(objects, Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void endsARunWithoutAWord() throws Exception {
    // Given
    int before = server.records().size();

    // When
    JsonNode receipt = body(202, server.api().send("POST", "/api/runs/silent/finalize/"));

    // Then
    assertThat(receipt.path("accepted").asInt()).isEqualTo(1);
    assertThat(server.decodedFrom(before)).singleElement().isInstanceOf(Finalize.class);
  }

  @Test
  void keepsAToonRun() throws Exception {
    // Given
    int before = server.records().size();
    String idea =
        "{\"t\":\"2025-01-01T00:00:01Z\",\"actor\":\"agent\",\"type\":\"reasoning\",\"payload\":{\"thought\":\"%\"},\"meta\":{}}";

    // When
    JsonNode run =
        body(
            201,
            server
                .api()
                .postJson(
                    "/api/runs/",
                    "{\"agent_id\":\"bot\",\"goal\":\"book\",\"team\":\"air\"}",
                    "Idempotency-Key",
                    "r1"));
    JsonNode again =
        body(
            201,
            server
                .api()
                .postJson(
                    "/api/runs/",
                    "{\"agent_id\":\"bot\",\"goal\":\"book\",\"team\":\"air\"}",
                    "Idempotency-Key",
                    "r1"));
    String id = run.path("id").asText();
    String events = "/api/runs/" + id + "/events/";
    JsonNode first = body(202, server.api().postJson(events, idea.replace("%", "a")));
    JsonNode retry =
        body(202, server.api().postJson(events, "{\"events\":[" + idea.replace("%", "a") + "]}"));
    JsonNode foreign =
        body(
            202,
            server
                .api()
                .postJson(events, idea.replace("\"meta\":{}", "\"meta\":{\"run_id\":\"other\"}")));
    JsonNode batch =
        body(
            202,
            server
                .api()
                .postJson(
                    "/api/trace-events/batch/",
                    "[" + idea.replace("{}", "{\"run_id\":\"" + id + "\"}") + "," + idea + "]"));
    body(
        202,
        server
            .api()
            .postJson("/api/runs/" + id + "/finalize/", "{\"t\":\"2025-01-01T00:00:09Z\"}"));

    // Then
    assertThat(again.path("id").asText()).isEqualTo(id);
    assertThat(first.path("accepted").asInt()).isEqualTo(1);
    assertThat(retry.path("duplicates").asInt()).isEqualTo(1);
    assertThat(foreign.path("rejected").findValuesAsText("path")).containsExactly("meta.run_id");
    assertThat(batch.path("rejected").findValuesAsText("index")).containsExactly("1");
    List<Decoded> records = server.decodedFrom(before);
    assertThat(records).hasSize(4);
    assertThat(records.get(3)).isInstanceOf(Finalize.class);
    Event thought = (Event) records.get(1);
    assertThat(thought.agentId()).isEqualTo("bot");
    assertThat(thought.runId()).isEqualTo(id);

    // Given: the trail
    try (StoredRows rows = new StoredRows(server.database().dataSource())) {
      rows.run("default", id, "bot", "completed", Instant.parse("2025-01-01T00:00:00Z"));
      for (int i = 0; i < 3; i++) {
        rows.event((Event) records.get(i), before + i);
      }
    }

    // When
    JsonNode shown = body(200, server.api().get("/api/runs/" + id + "/"));
    JsonNode trace = body(200, server.api().get("/api/runs/" + id + "/trace/"));

    // Then
    assertThat(shown.path("status").asText()).isEqualTo("completed");
    assertThat(trace.path("events")).hasSize(3);
    assertThat(trace.path("events").findValuesAsText("type")).contains("environment", "reasoning");
    body(404, server.api().get("/api/runs/nobodys/trace/"));
  }

  @Test
  void keepsFlatAuditEvents() throws Exception {
    // Given
    int before = server.records().size();
    String event =
        "{\"event_id\":\"e1\",\"timestamp\":\"2025-01-01T00:00:00.5\",\"agent_instance_id\":\"a7\",\"trace_id\":\"t1\",\"actor\":\"agent\","
            + "\"action_type\":\"db_query\",\"resource\":\"orders\",\"status\":\"error\",\"latency_ms\":12.5,\"metadata\":{\"rows\":3},\"extra\":true}";

    // When
    JsonNode taken =
        body(201, server.api().postJson("/v1/events", event, "X-Waymark-Tenant", "acme"));
    JsonNode retry =
        body(201, server.api().postJson("/v1/events", event, "X-Waymark-Tenant", "acme"));
    JsonNode refused =
        body(400, server.api().postJson("/v1/events", event.replace("db_query", "dance")));

    // Then
    assertThat(taken.toString()).isEqualTo("{\"event_id\":\"e1\",\"duplicate\":false}");
    assertThat(retry.path("duplicate").asBoolean()).isTrue();
    assertThat(refused.path("errors").findValuesAsText("path")).containsExactly("action_type");
    List<Decoded> records = server.decodedFrom(before);
    assertThat(records).hasSize(1);
    Event kept = (Event) records.get(0);
    assertThat(kept.tenant()).isEqualTo("acme");
    assertThat(kept.runId()).isEqualTo("t1");
    assertThat(kept.isError()).isTrue();
    assertThat(kept.latencyMs()).isEqualTo(12.5);
    assertThat(JSON.readTree(kept.raw()).path("meta").path("x").path("extra").asBoolean()).isTrue();

    // When
    try (StoredRows rows = new StoredRows(server.database().dataSource())) {
      rows.run("acme", "t1", "a7", "running", Instant.parse("2025-01-01T00:00:00Z"));
      rows.event(kept, before);
    }
    JsonNode shown = body(200, server.api().get("/v1/agents/a7/events"));

    // Then
    assertThat(shown.path("events")).hasSize(1);
    assertThat(shown.path("events").get(0).toString())
        .isEqualTo(
            "{\"event_id\":\"e1\",\"timestamp\":\"2025-01-01T00:00:00.500Z\",\"agent_instance_id\":\"a7\",\"trace_id\":\"t1\",\"actor\":\"agent\","
                + "\"action_type\":\"db_query\",\"resource\":\"orders\",\"status\":\"error\",\"latency_ms\":12.5,\"metadata\":{\"rows\":3}}");
    assertThat(body(200, server.api().get("/v1/agents/a7/events?tenant=other")).path("events"))
        .isEmpty();
  }

  @Test
  void keepsUsageOfModels() throws Exception {
    // Given
    int before = server.records().size();
    String call =
        "{\"model_name\":\"gpt-4o\",\"prompt_length\":300,\"response_length\":100,\"tokens_used\":101,\"cost\":0.002,\"timestamp\":1735689600,\"metadata\":{\"service\":\"chat\",\"region\":\"eu\"}}";
    String prediction =
        "{\"model_type\":\"xgboost\",\"model_id\":\"churn-3\",\"input_shape\":[1,20],\"prediction_count\":5,\"timestamp\":\"2025-01-01T00:00:00Z\",\"metadata\":{}}";

    // When
    JsonNode llm =
        body(
            202,
            server.api().postJson("/ingest/llm", "{\"events\":[" + call + "," + call + ",{}]}"));
    JsonNode retry =
        body(202, server.api().postJson("/ingest/llm", "{\"events\":[" + call + "," + call + "]}"));
    JsonNode ml =
        body(202, server.api().postJson("/ingest/ml", "{\"events\":[" + prediction + "]}"));

    // Then
    assertThat(llm.path("accepted").asInt()).isEqualTo(2);
    assertThat(llm.path("rejected").findValuesAsText("path")).containsExactly("timestamp");
    assertThat(retry.path("duplicates").asInt()).isEqualTo(2);
    assertThat(ml.path("accepted").asInt()).isEqualTo(1);
    Event first = (Event) server.decodedFrom(before).get(0);
    assertThat(first.runId()).isEqualTo("llm:gpt-4o:2025-01-01");
    assertThat(first.agentId()).isEqualTo("chat");
    assertThat(first.costUsd()).isEqualTo(0.002);
    assertThat(first.usage().inputTokens()).isEqualTo(76);
    assertThat(first.usage().outputTokens()).isEqualTo(25);
  }

  @Test
  void keepsDecisions() throws Exception {
    // Given
    int before = server.records().size();
    String prompt = "why? ".repeat(40_000);
    String decision =
        "{\"user_id\":\"u1\",\"session_id\":\"s1\",\"decision_type\":\"loan\",\"prompt\":\""
            + prompt
            + "\",\"response\":\"yes\",\"model\":\"gpt-4o\",\"tokens\":{\"prompt\":10,\"completion\":2},\"cost\":0.5,\"duration\":80,\"metadata\":{\"k\":1}}";

    // When
    JsonNode taken =
        body(202, server.api().postJson("/api/v1/audit/log", decision, "Idempotency-Key", "d1"));
    JsonNode retry =
        body(202, server.api().postJson("/api/v1/audit/log", decision, "Idempotency-Key", "d1"));

    // Then
    assertThat(taken.path("id").asText()).isEqualTo("d1");
    assertThat(retry.path("duplicate").asBoolean()).isTrue();
    List<Decoded> records = server.decodedFrom(before);
    assertThat(records).hasSize(1);

    // When
    try (StoredRows rows = new StoredRows(server.database().dataSource())) {
      rows.run("default", "s1", "gpt-4o", "running", Instant.parse("2025-01-01T00:00:00Z"));
      rows.event((Event) records.get(0), before);
    }
    JsonNode found =
        body(
            200,
            server
                .api()
                .get(
                    "/api/v1/audit/logs?user_id=u1&decision_type=loan&model=gpt-4o&session_id=s1"));
    JsonNode none = body(200, server.api().get("/api/v1/audit/logs?decision_type=hire"));
    JsonNode full = body(200, server.api().get("/api/v1/audit/logs/d1"));
    JsonNode sessions = body(200, server.api().get("/api/v1/audit/sessions"));
    JsonNode trail = body(200, server.api().get("/api/v1/runs/s1/trail"));
    JsonNode published = body(200, server.api().get("/api/v1/runs/s1/trail?payloads=reference"));

    // Then
    assertThat(found.path("items")).hasSize(1);
    assertThat(found.path("items").get(0).path("duration_ms").asDouble()).isEqualTo(80);
    assertThat(found.path("items").get(0).path("input_tokens").asInt()).isEqualTo(10);
    assertThat(none.path("items")).isEmpty();
    assertThat(full.path("prompt").asText()).isEqualTo(prompt);
    assertThat(full.path("metadata").toString()).isEqualTo("{\"k\":1}");
    assertThat(sessions.path("items").get(0).path("decisions").asInt()).isEqualTo(1);
    assertThat(trail.path("items").get(0).path("event").path("payload").path("goal").asText())
        .isEqualTo(prompt);
    assertThat(published.path("items").get(0).path("event").path("payload").toString())
        .isEqualTo("{\"thought\":\"yes\"}");
    body(404, server.api().get("/api/v1/audit/logs/d2"));
  }

  @Test
  void numbersWhatHasNoNumberTheSameWayEachTime() throws Exception {
    // Given
    int before = server.records().size();
    String event =
        new String(
                Events.reasoning("x").run("n").idempotencyKey("k").bytes(), StandardCharsets.UTF_8)
            .replace("\"seq\":1,", "");

    // When
    body(202, server.api().postJson("/api/trace-events/batch/", event));

    // Then: ms × 4096 + 1024 + CRC-32("k") mod 1024
    assertThat(((Event) server.decodedFrom(before).get(0)).seq())
        .isEqualTo(1_735_689_600_000L * 4_096 + 1_024 + 0x0862575DL % 1_024);
  }

  private static JsonNode body(int status, HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }
}
