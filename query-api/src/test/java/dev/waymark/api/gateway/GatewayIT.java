package dev.waymark.api.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.DoorsServer;
import dev.waymark.testkit.Await;
import dev.waymark.testkit.Events;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is accepted is in Kafka, byte for byte; what is not is told why. */
class GatewayIT {
  private static final String DOOR = "/api/v1/events";
  private static final String JSON = "application/json";
  private static final int MAX_BODY = 2 << 20;

  @TempDir private static Path objects;

  private static DoorsServer server;

  @BeforeAll
  static void start() {
    server =
        new DoorsServer(
            objects,
            Map.of(
                "WAYMARK_INGEST_MAX_BODY_BYTES",
                String.valueOf(MAX_BODY),
                "WAYMARK_INGEST_MAX_BATCH_EVENTS",
                "100",
                "WAYMARK_INGEST_ACK_TIMEOUT_MS",
                "2000"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void publishesAnEventAsItCame() throws Exception {
    // Given: white space that a serializer would not write
    int before = server.records().size();
    String event = text(Events.request("look").run("one")).replace("\":", "\" :  ");

    // When
    JsonNode receipt = receipt(server.api().postJson(DOOR, event));

    // Then
    assertThat(receipt.toString()).isEqualTo("{\"accepted\":1,\"duplicates\":0,\"rejected\":[]}");
    var record = server.records().get(before);
    assertThat(new String(record.value(), StandardCharsets.UTF_8)).isEqualTo(event);
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("default/one");
  }

  @Test
  void takesArraysLinesAndGzipAndSaysWhatItRefuses() throws Exception {
    // Given
    int before = server.records().size();
    String good = text(Events.request("a").run("many").seq(1));
    String other = text(Events.request("b").run("many").seq(2));
    String bad = good.replace("\"run_id\":\"many\",", "");
    String heartbeat = "{\"type\":\"heartbeat\",\"t\":\"2025-01-01T00:00:00Z\"}";

    // When
    JsonNode array =
        receipt(server.api().postJson(DOOR, "[" + good + ", " + bad + ",7," + heartbeat + "]"));
    JsonNode lines =
        receipt(
            server
                .api()
                .post(
                    DOOR,
                    gzip(good + "\r\n\n" + other + "\nnonsense\n"),
                    "Content-Type",
                    "application/x-ndjson",
                    "Content-Encoding",
                    "gzip"));

    // Then
    assertThat(array.path("accepted").asInt()).isEqualTo(1);
    assertThat(array.path("rejected").findValuesAsText("index")).containsExactly("1", "2", "3");
    assertThat(array.path("rejected").findValuesAsText("path"))
        .containsExactly("meta.run_id", "record", "type");
    assertThat(lines.path("accepted").asInt()).isEqualTo(1);
    assertThat(lines.path("duplicates").asInt()).isEqualTo(1);
    assertThat(lines.path("rejected").findValuesAsText("index")).containsExactly("2");
    assertThat(server.records()).hasSize(before + 2);
  }

  @Test
  void tellsARetryAndPublishesAConflict() throws Exception {
    // Given
    int before = server.records().size();
    String event = text(Events.request("a").run("again"));

    // When: no key, then a key of the request, each twice
    String key = "Idempotency-Key";
    int[] duplicates = {
      receipt(server.api().postJson(DOOR, event)).path("duplicates").asInt(),
      receipt(server.api().postJson(DOOR, event)).path("duplicates").asInt(),
      receipt(server.api().postJson(DOOR, event, key, "k1")).path("duplicates").asInt(),
      receipt(server.api().postJson(DOOR, event, key, "k1")).path("duplicates").asInt(),
      receipt(server.api().postJson("/api/runs/again/events/", event, key, "k1"))
          .path("duplicates")
          .asInt(),
      receipt(server.api().postJson(DOOR, event.replace("\"a\"", "\"b\""), key, "k1"))
          .path("duplicates")
          .asInt()
    };

    // Then
    assertThat(duplicates).containsExactly(0, 1, 0, 1, 1, 0);
    assertThat(server.records()).hasSize(before + 3);
    assertThat(new String(server.records().get(before + 1).value(), StandardCharsets.UTF_8))
        .contains("\"idempotency_key\":\"k1\"");
  }

  @Test
  void refusesWhatIsTooMuchOrOfAnotherKind() throws Exception {
    String event = text(Events.request("a").run("limits"));
    String hundredAndOne =
        IntStream.rangeClosed(0, 100)
            .mapToObj(i -> event)
            .collect(Collectors.joining(",", "[", "]"));
    byte[] bomb = gzip(" ".repeat(MAX_BODY + 1) + event);

    problem(413, server.api().postJson(DOOR, hundredAndOne));
    problem(413, server.api().postJson(DOOR, " ".repeat(MAX_BODY) + event));
    problem(413, server.api().post(DOOR, bomb, "Content-Type", JSON, "Content-Encoding", "gzip"));
    problem(
        415,
        server
            .api()
            .post(DOOR, event.getBytes(StandardCharsets.UTF_8), "Content-Type", "text/plain"));
    problem(415, server.api().post(DOOR, event.getBytes(StandardCharsets.UTF_8)));
    problem(415, server.api().postJson(DOOR, event, "Content-Encoding", "br"));
    problem(400, server.api().postJson(DOOR, event, "Content-Encoding", "gzip"));
    problem(400, server.api().postJson(DOOR, "[" + event));
    problem(400, server.api().postJson(DOOR, ""));
    problem(400, server.api().postJson(DOOR, event, "Idempotency-Key", "k".repeat(129)));
  }

  @Test
  void putsLargePayloadsAwayOnce() throws Exception {
    // Given
    int before = server.records().size();
    String document = "lorem ipsum ".repeat(20_000);
    Events event = Events.request("read").run("large").payload("document", document);

    // When
    receipt(server.api().postJson(DOOR, text(event.seq(1))));
    receipt(server.api().postJson(DOOR, text(event.seq(2))));

    // Then
    try (Stream<Path> files = Files.walk(objects).filter(Files::isRegularFile)) {
      assertThat(files).hasSize(1);
    }
    JsonNode record = new ObjectMapper().readTree(server.records().get(before).value());
    assertThat(record.path("payload").toString()).isEqualTo("{\"action\":\"read\"}");
    assertThat(record.path("meta").path("payload_ref").path("bytes").asInt())
        .isGreaterThan(document.length());
  }

  @Test
  void answersInTimeWhileTheBrokerIsAwayAndRecovers() throws Exception {
    // Given
    String event = text(Events.request("a").run("away"));
    server.kafka().stop();

    // When
    Instant asked = Instant.now();
    HttpResponse<String> away = server.api().postJson(DOOR, event);
    Duration waited = Duration.between(asked, Instant.now());
    server.kafka().restart();

    // Then
    problem(503, away);
    assertThat(away.headers().firstValue("Retry-After")).contains("2");
    assertThat(waited).isLessThan(Duration.ofSeconds(4));
    Await.until("acceptance", () -> server.api().postJson(DOOR, event).statusCode() == 202);
  }

  private static String text(Events event) {
    return new String(event.bytes(), StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private static JsonNode receipt(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return new ObjectMapper().readTree(answer.body());
  }

  private static void problem(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }
}
