package dev.waymark.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.api.ApiServer;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.SearchHitView;
import dev.waymark.api.store.StoredRows;
import dev.waymark.testkit.Await;
import dev.waymark.testkit.EmbeddedDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Search over HTTP in trails that were made searchable by the process itself. */
class SearchIT {
  private static final Instant T0 = Instant.parse("2025-03-10T08:00:00Z");
  private static final int MANY = 230;

  private static EmbeddedDatabase database;
  private static StoredRows rows;
  private static ApiServer api;

  @BeforeAll
  static void start() {
    database = EmbeddedDatabase.migrated();
    rows = new StoredRows(database.dataSource());
    event(
        "acme",
        "one",
        1,
        T0,
        "{\"goal\":\"Refund order 4711 to Žofie\",\"note\":\"line\\nbreak\"}");
    event("acme", "one", 2, T0.plusSeconds(1), "{\"result\":{\"state\":\"refunded\"}}");
    event("acme", "two", 1, T0.plusSeconds(60), "{\"thought\":\"order a refund_slip\"}");
    event("acme", "two", 2, T0.plusSeconds(61), "{\"thought\":\"apart\"}");
    event("zeta", "three", 1, T0.plusSeconds(120), "{\"thought\":\"refund the order\"}");
    event("it's \\\\ odd", "four", 1, T0, "{\"thought\":\"peculiar\"}");
    for (int i = 0; i < MANY; i++) {
      event("many", "run-" + i, 1, T0.plusSeconds(i), "{\"thought\":\"common left\"}");
      event("many", "run-" + i, 2, T0.plusSeconds(i), "{\"thought\":\"common right\"}");
    }
    for (String run : List.of("one", "two")) {
      rows.run("acme", run, "agent", "completed", run.equals("one") ? T0 : T0.plusSeconds(60));
    }
    rows.run("zeta", "three", "agent", "completed", T0.plusSeconds(120));
    rows.run("it's \\\\ odd", "four", "agent", "completed", T0);
    for (int i = 0; i < MANY; i++) {
      rows.run("many", "run-" + i, "agent", "completed", T0.plusSeconds(i));
    }
    api =
        ApiServer.start(
            Map.of(
                "WAYMARK_DB_URL", database.url(),
                "WAYMARK_DB_USER", database.user(),
                "WAYMARK_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
                "WAYMARK_SEARCH_INDEX_MS", "50",
                "WAYMARK_SEARCH_MAX_RUNS_READ", "100",
                "WAYMARK_TIME", "log"));
    Await.until("reads", () -> api.get("/api/v1/runs").statusCode() == 200);
    Await.until(
        "the index",
        () -> find("peculiar", null, null).size() == 1 && all("common", "many").size() == 2 * MANY);
  }

  @AfterAll
  static void stop() {
    api.close();
    rows.close();
    database.close();
  }

  private static void event(String tenant, String run, long seq, Instant t, String payload) {
    String body =
        "{\"seq\":" + seq + ",\"payload\":" + payload + ",\"meta\":{\"run_id\":\"unsought\"}}";
    rows.event(tenant, run, seq, t, body, seq);
  }

  @Test
  void findsEventsThatHaveAllTheWords() {
    // When
    List<SearchHitView> hits = find("REFUND order", null, null);

    // Then
    assertThat(hits).extracting(SearchHitView::runId).containsExactly("three", "two", "one");
    SearchHitView hit = hits.get(2);
    assertThat(hit.snippet()).isEqualTo("Refund order 4711 to Žofie line break ");
    assertThat(hit.highlights())
        .extracting(each -> hit.snippet().substring(each.start(), each.end()))
        .containsExactly("Refund", "order");
    assertThat(find("order apart", null, null)).as("in one event, not in one run").isEmpty();
    assertThat(find("unsought", null, null)).as("payloads alone").isEmpty();
    assertThat(find("goal", null, null)).as("values, not names").isEmpty();
  }

  @Test
  void findsBeginningsAndWordsOfEveryScript() {
    assertThat(find("refund*", "acme", null))
        .extracting(SearchHitView::seq)
        .containsExactly(1L, 1L, 2L);
    assertThat(find("žofie 47*", null, null)).hasSize(1);
    assertThat(find("break", null, null)).hasSize(1);
  }

  @Test
  void keepsToTenantAgentAndTime() {
    assertThat(find("refund", "zeta", null))
        .extracting(SearchHitView::runId)
        .containsExactly("three");
    assertThat(find("refund", "acme", "agent")).hasSize(2);
    assertThat(find("refund", "acme", "nobody")).isEmpty();
    assertThat(find("peculiar", "it's \\\\ odd", "agent")).hasSize(1);
    String from = "&from=" + T0.plusSeconds(60) + "&to=" + T0.plusSeconds(61);
    assertThat(api.get("/api/v1/search?q=refund" + from).body())
        .contains("\"run_id\":\"two\"")
        .doesNotContain("\"run_id\":\"one\"", "\"run_id\":\"three\"");
  }

  @Test
  void pagesWithoutGapOrRepeat() {
    // When
    List<SearchHitView> hits = all("common", "many");

    // Then
    assertThat(hits).hasSize(2 * MANY).doesNotHaveDuplicates();
    assertThat(hits)
        .extracting(hit -> hit.runId() + hit.seq())
        .startsWith("run-229" + 1, "run-229" + 2, "run-228" + 1);
    assertThat(all("left right", "many")).isEmpty();
  }

  @Test
  void findsWhatARunGrewBy() {
    // When
    event("acme", "two", 3, T0.plusSeconds(70), "{\"thought\":\"afterthought\"}");
    rows.execute("UPDATE runs SET events = 3, revision = 3 WHERE run_id = 'two'");

    // Then
    Await.until("the new event", () -> find("afterthought", null, null).size() == 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/search?q={}",
        "/api/v1/search?q=x&tenant={}",
        "/api/v1/search?q=x&agent={}",
        "/api/v1/search?q=x&cursor={}"
      })
  void takesNothingForSql(String route) {
    for (String attack :
        List.of(
            "'%3BDROP%20TABLE%20runs%3B--",
            "%00", "a%27%20%7C%20b", "%5C%27", "%F0%28", "!a%26*")) {
      assertThat(api.get(route.replace("{}", attack)).statusCode()).as(attack).isIn(200, 400);
    }
    assertThat(api.get("/api/v1/search").statusCode()).isEqualTo(400);
  }

  private static List<SearchHitView> find(
      String q, @Nullable String tenant, @Nullable String agent) {
    return search(new SearchQuery(q, tenant, agent, null, null, null, null)).items();
  }

  private static List<SearchHitView> all(String q, String tenant) {
    List<SearchHitView> hits = new ArrayList<>();
    String cursor = null;
    do {
      PageView<SearchHitView> page =
          search(new SearchQuery(q, tenant, null, null, null, "33", cursor));
      hits.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor != null);
    return hits;
  }

  private static PageView<SearchHitView> search(SearchQuery query) {
    return api.client(Clients.Search.class).search(query);
  }
}
