package dev.waymark.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.api.ApiServer;
import dev.waymark.api.store.StoredRows;
import dev.waymark.testkit.Await;
import dev.waymark.testkit.EmbeddedDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Exports from a real database over HTTP, also by a process that has far less memory than they
 * have.
 */
class ExportIT {
  private static final Instant T0 = Instant.parse("2025-03-10T08:00:00Z");
  private static final int RUNS = 1_203;
  private static final int LARGE_EVENTS = 40_000;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static EmbeddedDatabase database;
  private static StoredRows rows;
  private static ApiServer api;

  @BeforeAll
  static void start() {
    database = EmbeddedDatabase.migrated();
    rows = new StoredRows(database.dataSource());
    rows.run(
        "acme", "=1+1, \"x\"", "bot", "completed", T0.plusSeconds(9_999), List.of("opus", "haiku"));
    for (int i = 1; i < RUNS; i++) {
      rows.run("acme", "run-" + i, "bot", "completed", T0.plusSeconds(i / 2));
    }
    rows.event("acme", "run-1", 1, T0, "{ \"seq\": 1,\n  \"x\": \"a\\nb\" }", 1);
    rows.event("acme", "run-1", 2, T0.plusSeconds(1), "{\"seq\":2}", 2);
    rows.violation("v1", "acme", "answered", "ERROR", "run-1", T0, "[]");
    api = ApiServer.start(environment());
    Await.until("reads", () -> api.get("/api/v1/runs").statusCode() == 200);
  }

  private static Map<String, String> environment() {
    return Map.of(
        "WAYMARK_DB_URL", database.url(),
        "WAYMARK_DB_USER", database.user(),
        "WAYMARK_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
        "WAYMARK_EXPORT_MAX_RUNNING", "2",
        "WAYMARK_TIME", "log");
  }

  @AfterAll
  static void stop() {
    api.close();
    rows.close();
    database.close();
  }

  @Test
  void writesEveryItemOnceInTheListsOrder() {
    // When
    HttpResponse<String> csv = api.get("/api/v1/export/runs?tenant=acme");
    HttpResponse<String> ndjson =
        api.get("/api/v1/export/runs?format=ndjson&status=completed&tenant=acme");

    // Then
    assertThat(csv.headers().firstValue("Content-Type"))
        .contains("text/csv; charset=utf-8; header=present");
    assertThat(csv.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"runs.csv\"");
    List<String> lines = csv.body().lines().toList();
    assertThat(lines).hasSize(RUNS + 1).doesNotHaveDuplicates();
    assertThat(lines.get(0)).startsWith("tenant,run_id,agent_id,status,started_at,");
    assertThat(lines.get(1))
        .startsWith("acme,\"'=1+1, \"\"x\"\"\",bot,completed,")
        .contains("\"[\"\"opus\"\",\"\"haiku\"\"]\"");
    List<String> items = ndjson.body().lines().toList();
    assertThat(items).hasSize(RUNS).doesNotHaveDuplicates();
    assertThat(items.get(0)).contains("\"run_id\":\"=1+1, \\\"x\\\"\"");
  }

  @Test
  void keepsARecordOnOneLine() {
    // When
    HttpResponse<String> trail =
        api.get("/api/v1/export/runs/run-1/trail?format=ndjson&payloads=reference");

    // Then
    assertThat(trail.body().lines())
        .hasSize(2)
        .first()
        .asString()
        .contains("{ \"seq\": 1,   \"x\": \"a\\nb\" }");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runs",
        "violations",
        "agents",
        "conformance",
        "rules",
        "dead-letters",
        "conflicts",
        "decisions",
        "decision-sessions",
        "backtests",
        "refused-events",
        "access-log",
        "tenants",
        "accounts",
        "keys",
        "signing-keys"
      })
  void writesEveryList(String list) {
    assertThat(api.get("/api/v1/export/" + list).statusCode()).isEqualTo(200);
    assertThat(api.get("/api/v1/export/" + list + "?format=ndjson").statusCode()).isEqualTo(200);
  }

  @Test
  void tellsWhatIsWrongBeforeTheFirstByte() {
    assertThat(api.get("/api/v1/export/runs?status=asleep").statusCode()).isEqualTo(400);
    assertThat(api.get("/api/v1/export/runs?format=xls").body())
        .contains("must be one of csv, ndjson");
    assertThat(api.get("/api/v1/export/runs?limit=5&cursor=x").body())
        .contains("is not for exports");
    assertThat(api.get("/api/v1/export/runs/nobody/trail").statusCode()).isEqualTo(404);
    assertThat(api.get("/api/v1/export/backtests/nobody/violations").statusCode()).isEqualTo(404);
  }

  /** A file of 80 MB by a process with a heap of 64 MB, which takes a third of that to start. */
  @Test
  void writesAFileThatIsLargerThanMemory() throws Exception {
    // Given
    rows.run("big", "large", "bot", "completed", T0.minusSeconds(9));
    rows.execute(
        """
        INSERT INTO events (tenant, run_id, t, seq, identity, actor, type, agent_id, late, clock_skew, body,
          content_sha256, kafka_partition, kafka_offset)
        SELECT 'big', 'large', '2025-03-10T08:00:00Z'::timestamptz + n * interval '1 ms', n, 'seq:' || n, 'agent',
          'reasoning', 'bot', false, false, '{"seq":' || n || ',"x":"' || repeat('y', 2000) || '"}', ''::bytea, 0, n
        FROM generate_series(1, ?) n
        """,
        LARGE_EVENTS);
    int port = freePort();
    Process process = smallProcess(port);
    try {
      URI base = URI.create("http://127.0.0.1:" + port);
      Await.until("the process", () -> status(base.resolve("/api/v1/runs")) == 200);

      // When: two at once, and one more
      List<InputStream> files = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        files.add(open(base.resolve("/api/v1/export/runs/large/trail?format=ndjson")).body());
      }
      int third = status(base.resolve("/api/v1/export/runs"));

      // Then
      assertThat(third).isEqualTo(429);
      for (InputStream file : files) {
        assertThat(lines(file)).isEqualTo(LARGE_EVENTS);
      }
      Await.until("room", () -> status(base.resolve("/api/v1/export/runs")) == 200);
    } finally {
      process.destroy();
    }
  }

  @Test
  void makesRoomWhenAReaderLeaves() throws Exception {
    // Given
    for (int i = 0; i < 2; i++) {
      open(api.uri("/api/v1/export/runs")).body().close();
    }

    // Then
    Await.until("room", () -> api.get("/api/v1/export/runs").statusCode() == 200);
  }

  private static Process smallProcess(int port) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.waymark.api.Application");
    builder.environment().putAll(environment());
    builder.environment().put("WAYMARK_ADMIN_KEY", ApiServer.ADMIN_KEY);
    builder.environment().put("WAYMARK_SEARCH_INDEX_MS", "0");
    builder.environment().put("WAYMARK_API_PORT", String.valueOf(port));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static int status(URI uri) {
    try {
      return HTTP.send(request(uri), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static HttpResponse<InputStream> open(URI uri) throws Exception {
    return HTTP.send(request(uri), HttpResponse.BodyHandlers.ofInputStream());
  }

  private static HttpRequest request(URI uri) {
    return HttpRequest.newBuilder(uri)
        .header("Authorization", "Bearer " + ApiServer.ADMIN_KEY)
        .build();
  }

  private static long lines(InputStream file) throws Exception {
    try (file) {
      long lines = 0;
      byte[] part = new byte[8_192];
      int read;
      while ((read = file.read(part)) >= 0) {
        for (int i = 0; i < read; i++) {
          lines += part[i] == '\n' ? 1 : 0;
        }
      }
      return lines;
    }
  }
}
