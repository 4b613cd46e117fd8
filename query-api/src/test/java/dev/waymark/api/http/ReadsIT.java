package dev.waymark.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.api.ApiServer;
import dev.waymark.api.store.ConflictView;
import dev.waymark.api.store.DeadLetterView;
import dev.waymark.api.store.Granularity;
import dev.waymark.api.store.MetricsView;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.RawJson;
import dev.waymark.api.store.RunView;
import dev.waymark.api.store.SeriesView;
import dev.waymark.api.store.StoredRows;
import dev.waymark.api.store.TrailEventView;
import dev.waymark.api.store.ViolationView;
import dev.waymark.schemas.metric.LatencySketch;
import dev.waymark.testkit.Await;
import dev.waymark.testkit.EmbeddedDatabase;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every route, from the socket to the database and back. Kafka and Flink are away: reads do without
 * them.
 */
class ReadsIT {
  private static final Instant T0 = Instant.parse("2025-03-10T08:00:00.000001Z");
  private static final Instant DAY = Instant.parse("2025-03-10T00:00:00Z");
  private static final String BODY = "{ \"seq\" : 1,\n \"x\" : \"\\u00e9\\/é😀\", \"n\": 1.50E+2 }";
  private static final String TOO_LONG = "a".repeat(2_000);
  private static final String NOWHERE = "127.0.0.1:1";
  private static final String NOTHING_KNOWN = "\"none\"";

  private static EmbeddedDatabase database;
  private static StoredRows rows;
  private static ApiServer api;

  @BeforeAll
  static void start() {
    database = EmbeddedDatabase.migrated();
    rows = new StoredRows(database.dataSource());
    store();
    api =
        ApiServer.start(
            Map.of(
                "WAYMARK_DB_URL",
                database.url(),
                "WAYMARK_DB_USER",
                database.user(),
                "WAYMARK_KAFKA_BOOTSTRAP_SERVERS",
                NOWHERE,
                "WAYMARK_FLINK_URL",
                "http://" + NOWHERE,
                "WAYMARK_TIME",
                "log"));
    Await.until("reads", () -> api.get("/api/v1/runs").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    api.close();
    rows.close();
    database.close();
  }

  private static void store() {
    rows.run("acme", "run/1 ü", "bot", "completed", T0, List.of("opus"));
    rows.run("acme", "shared", "bot", "running", T0.minusSeconds(1));
    rows.run("zeta", "shared", "clerk", "failed", T0.minusSeconds(2));
    rows.execute("UPDATE runs SET ended_at = started_at WHERE run_id = 'run/1 ü'");
    rows.event("acme", "run/1 ü", 1, T0, BODY, 42);
    rows.event("acme", "run/1 ü", 2, T0.plusSeconds(1), "{\"seq\":2}", 43);
    String evidence =
        "[{\"run_id\":\"run/1 ü\",\"seq\":1,\"t\":\""
            + T0
            + "\",\"identity\":\"seq:1\",\"role\":\"activation\"}]";
    rows.violation("v1", "acme", "answered", "ERROR", "run/1 ü", T0, evidence);
    rows.conflict("acme", "run/1 ü", 1, T0, "{\"other\":1}", 44);
    rows.deadLetter("waymark-trail", "not_json", T0, "{".getBytes(StandardCharsets.UTF_8), 45);
    rows.rule("answered", "v1", 1, "active", T0);
    rows.outcome("acme", "answered", "v1", 3, 0, 1, 0);
    LatencySketch latencies = new LatencySketch();
    latencies.add(100);
    for (Granularity granularity : Granularity.values()) {
      Instant minute = Instant.parse("2025-03-10T08:00:00Z");
      Instant bucket = granularity == Granularity.DAY ? DAY : minute;
      rows.window(granularity, "acme", "bot", "opus", bucket, 4, latencies);
    }
    rows.book("waymark-trail", Map.of("read", 3L, "accepted", 2L, "conflicts", 1L), T0);
  }

  @Test
  void listsAndShowsRuns() {
    // Given
    Clients.Runs runs = api.client(Clients.Runs.class);

    // When
    PageView<RunView> page =
        runs.list(new RunsQuery("acme", "bot", "completed", null, null, "true", "10", null));
    RunView run = runs.run("run/1 ü", new RunQuery(null), NOTHING_KNOWN).body();

    // Then
    assertThat(page.items()).containsExactly(run);
    assertThat(page.nextCursor()).isNull();
    assertThat(run.startedAt()).isEqualTo(T0);
    assertThat(run.violations()).isEqualTo(1);
    assertThat(run.models()).containsExactly("opus");
  }

  @Test
  void pagesWithTheCursorItGave() {
    // Given
    Clients.Runs runs = api.client(Clients.Runs.class);

    // When
    PageView<RunView> first =
        runs.list(new RunsQuery(null, null, null, null, null, null, "2", null));
    PageView<RunView> second =
        runs.list(new RunsQuery(null, null, null, null, null, null, "2", first.nextCursor()));

    // Then
    assertThat(first.items()).hasSize(2);
    assertThat(second.items()).extracting(RunView::tenant).containsExactly("zeta");
    assertThat(second.nextCursor()).isNull();
  }

  @Test
  void embedsEachEventByteForByte() {
    // When
    HttpResponse<String> answer = api.get("/api/v1/runs/run%2F1%20%C3%BC/trail");

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"event\":" + BODY + "}");
    PageView<TrailEventView> trail =
        api.client(Clients.Runs.class)
            .trail(
                "run/1 ü",
                new TrailQuery("acme", T0.toString(), null, null, "1", null),
                NOTHING_KNOWN)
            .body();
    assertThat(trail.nextCursor()).isNotNull();
    assertThat(trail.items().get(0).offset()).isEqualTo(42);
    assertThat(trail.items().get(0).sha256()).hasSize(64);
  }

  @Test
  void asksForTheTenantWhereARunIdIsAmbiguous() {
    // When
    HttpResponse<String> ambiguous = api.get("/api/v1/runs/shared");
    RunView one =
        api.client(Clients.Runs.class).run("shared", new RunQuery("zeta"), NOTHING_KNOWN).body();

    // Then
    assertThat(ambiguous.statusCode()).isEqualTo(400);
    assertThat(ambiguous.body()).contains("\"parameter\":\"tenant\"", "acme, zeta");
    assertThat(one.agentId()).isEqualTo("clerk");
  }

  @Test
  void showsViolationsWithTheirEvidence() {
    // Given
    Clients.Violations violations = api.client(Clients.Violations.class);
    ViolationsQuery query =
        new ViolationsQuery(
            "acme", "answered", "timelag", "ERROR", "agent", "run/1 ü", null, null, null, null);

    // When
    PageView<ViolationView> page = violations.list(query);
    ViolationView violation = violations.violation("v1");

    // Then
    assertThat(page.items()).extracting(ViolationView::violationId).containsExactly("v1");
    assertThat(page.items().get(0).evidence().get(0).event()).isNull();
    RawJson event = violation.evidence().get(0).event();
    assertThat(event).isNotNull();
    assertThat(event.json()).contains("\"seq\":1");
    assertThat(api.get("/api/v1/violations/v1").body()).contains(BODY);
  }

  @Test
  void measures() {
    // Given
    Clients.Metrics metrics = api.client(Clients.Metrics.class);

    // When
    MetricsView all = metrics.totals(new MetricsQuery(null, null, null, null, null, null));
    SeriesView series =
        metrics.series(
            new MetricSeriesQuery(null, "bot", "opus", "search", null, null, "model", "1h", "3"));

    // Then
    assertThat(all.from()).isEqualTo(DAY);
    assertThat(all.figures().modelCalls()).isEqualTo(4);
    assertThat(all.figures().costUsd()).isEqualTo(0.04);
    assertThat(all.figures().toolLatencyMs().count()).isEqualTo(1);
    assertThat(all.figures().runs()).isEqualTo(3);
    assertThat(series.granularity()).isEqualTo("1h");
    assertThat(series.groups().get(0).group()).isEqualTo("opus");
    assertThat(series.groups().get(0).points().get(0).figures().events()).isEqualTo(4);
  }

  @Test
  void showsRulesAndTheirOutcomes() {
    // Given
    Clients.Rules rules = api.client(Clients.Rules.class);

    // Then
    assertThat(
            rules
                .rules(new RulesQuery("answered", "active", null, null, null, null), NOTHING_KNOWN)
                .body()
                .items())
        .hasSize(1);
    assertThat(rules.conformance(new ConformanceQuery("acme", null, null, null)).items())
        .singleElement()
        .satisfies(outcome -> assertThat(outcome.violationRate()).isEqualTo(0.25))
        .satisfies(outcome -> assertThat(outcome.judged()).isEqualTo(4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs/run%2F1%20%C3%BC",
        "/api/v1/runs/run%2F1%20%C3%BC/trail?limit=1",
        "/api/v1/rules"
      })
  void tellsThatAnAnswerStillHolds(String address) {
    // Given
    HttpResponse<String> first = api.get(address);
    String tag = first.headers().firstValue("ETag").orElseThrow();

    // When
    HttpResponse<String> again = api.get(address, "If-None-Match", "\"other\", " + tag);

    // Then
    assertThat(tag).startsWith("W/\"");
    assertThat(first.headers().firstValue("Cache-Control")).contains("private, no-cache");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("ETag")).contains(tag);
    assertThat(api.get(address, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void tellsPagesApart() {
    assertThat(tag("/api/v1/runs/run%2F1%20%C3%BC/trail?limit=1"))
        .isNotEqualTo(tag("/api/v1/runs/run%2F1%20%C3%BC/trail?limit=2"));
  }

  @Test
  void seesThatAnEndedRunHasChanged() {
    // Given
    String before = tag("/api/v1/runs/run%2F1%20%C3%BC");

    // When
    rows.violation("late", "acme", "answered", "ERROR", "run/1 ü", T0, "[]");

    // Then
    assertThat(api.get("/api/v1/runs/run%2F1%20%C3%BC", "If-None-Match", before).statusCode())
        .isEqualTo(200);
    rows.execute("DELETE FROM violations WHERE violation_id = 'late'");
  }

  @Test
  void letsNobodyKeepWhatGoesOn() {
    // When
    HttpResponse<String> running = api.get("/api/v1/runs/shared?tenant=acme");

    // Then
    assertThat(running.headers().firstValue("ETag")).isEmpty();
    assertThat(running.headers().firstValue("Cache-Control")).contains("no-store");
  }

  private static String tag(String address) {
    return api.get(address).headers().firstValue("ETag").orElseThrow();
  }

  @Test
  void showsWhatWasRefused() {
    // Given
    Clients.Received received = api.client(Clients.Received.class);

    // When
    List<DeadLetterView> letters =
        received
            .deadLetters(new DeadLettersQuery("not_json", null, null, null, null, null))
            .items();
    List<ConflictView> conflicts =
        received
            .conflicts(new ConflictsQuery("acme", "run/1 ü", "agent", null, null, null, null))
            .items();

    // Then
    assertThat(letters).extracting(DeadLetterView::rawText).containsExactly("{");
    assertThat(conflicts).hasSize(1);
    assertThat(conflicts.get(0).kept()).isNotNull();
    assertThat(api.get("/api/v1/conflicts").body()).contains(BODY, "{\"other\":1}");
  }

  @Test
  void showsThePipelineThoughFlinkAndKafkaAreAway() {
    // When
    HttpResponse<String> answer = api.get("/api/v1/pipeline");

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains(
            "\"balanced\":true",
            "Flink at http://127.0.0.1:1 does not answer",
            "Kafka at 127.0.0.1:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs?agent={}",
        "/api/v1/runs?tenant={}",
        "/api/v1/runs?status={}",
        "/api/v1/runs?cursor={}",
        "/api/v1/runs?has_violations={}",
        "/api/v1/runs?from={}",
        "/api/v1/runs/{}",
        "/api/v1/runs/{}/trail?tenant={}",
        "/api/v1/violations?rule={}&agent={}&run={}&kind={}&severity={}",
        "/api/v1/violations/{}",
        "/api/v1/metrics?agent={}&model={}&action={}&tenant={}",
        "/api/v1/metrics/series?agent={}&model={}&action={}&group_by={}&granularity={}",
        "/api/v1/conformance?rule={}",
        "/api/v1/rules?rule={}&state={}",
        "/api/v1/dead-letters?job={}&reason={}",
        "/api/v1/conflicts?run={}&agent={}"
      })
  void takesNothingForSql(String route) {
    for (String attack :
        List.of(
            "'%3BDROP%20TABLE%20runs%3B--", "%27%20OR%20%271%27=%271", "%00", "%F0%28", TOO_LONG)) {
      // When
      HttpResponse<String> answer = api.get(route.replace("{}", attack));

      // Then
      assertThat(answer.statusCode()).as("%s with %s", route, attack).isIn(200, 400, 404, 413);
    }
    assertThat(api.get("/api/v1/runs?tenant=acme").body()).contains("run/1 ü");
  }
}
