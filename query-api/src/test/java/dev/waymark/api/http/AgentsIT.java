package dev.waymark.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.api.ApiServer;
import dev.waymark.api.store.AgentView;
import dev.waymark.api.store.DashboardView;
import dev.waymark.api.store.DashboardView.RecentEventView;
import dev.waymark.api.store.Granularity;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.StoredRows;
import dev.waymark.schemas.metric.LatencySketch;
import dev.waymark.testkit.Await;
import dev.waymark.testkit.EmbeddedDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents and the dashboard's totals, over HTTP from a real database. */
class AgentsIT {
  private static final Instant T0 = Instant.parse("2025-03-10T08:00:00Z");
  private static final Instant DAY = Instant.parse("2025-03-10T00:00:00Z");
  private static final String NOWHERE = "127.0.0.1:1";

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
    rows.run("acme", "one", "bot", "completed", T0);
    rows.run("acme", "two", "bot", "running", T0.plusSeconds(60));
    rows.run("acme", "three", "clerk", "running", Instant.now());
    rows.run("zeta", "four", "bot", "failed", T0);
    rows.violation("v1", "acme", "answered", "ERROR", "one", T0.plusSeconds(1), "[]");
    rows.violation("v2", "acme", "answered", "ERROR", "one", T0.plusSeconds(2), "[]");
    LatencySketch latencies = new LatencySketch();
    latencies.add(100);
    for (Granularity granularity : Granularity.values()) {
      Instant bucket = granularity == Granularity.DAY ? DAY : T0;
      rows.window(granularity, "acme", "bot", "opus", bucket, 4, latencies);
      rows.window(granularity, "acme", "helper", "haiku", bucket, 1, latencies);
      rows.window(granularity, "zeta", "bot", "", bucket, 2, new LatencySketch());
    }
    rows.execute(
        "UPDATE metrics_1d SET action = 'predict', action_responses = 3, model_calls = 0 WHERE agent_id = 'helper'");
    rows.event("acme", "one", 1, T0, "{\"seq\":1}", 1);
    rows.event("acme", "one", 2, T0.plusSeconds(1), "{\"seq\":2}", 2);
    rows.event("zeta", "four", 1, T0.plusSeconds(2), "{\"seq\":1}", 3);
    rows.execute(
        "UPDATE events SET action = 'predict', model = 'haiku', latency_ms = 7 WHERE run_id = 'one' AND seq = 2");
    rows.execute("UPDATE events SET cost_source = 'recorded', cost_usd = 1 WHERE run_id = 'four'");
  }

  @Test
  void showsEachAgentWithItsFigures() {
    // When
    List<AgentView> agents = agents(new AgentsQuery("acme", null, null, null, null, null)).items();

    // Then
    assertThat(agents).extracting(AgentView::agentId).containsExactly("bot", "clerk", "helper");
    AgentView bot = agents.get(0);
    assertThat(bot.runs()).isEqualTo(2);
    assertThat(bot.runningRuns()).isEqualTo(1);
    assertThat(bot.violationRate()).isEqualTo(0.5);
    assertThat(bot.costUsd()).isEqualTo(0.04);
    assertThat(bot.toolLatencyMs().p95()).isBetween(99.0, 101.0);
    assertThat(bot.lastSeenAt()).isEqualTo(T0.plusSeconds(60));
    assertThat(bot.silentSince()).isEqualTo(bot.lastSeenAt());
  }

  @Test
  void tellsTheSilentFromThoseWhoSpeak() {
    // When
    List<AgentView> agents = agents(new AgentsQuery("acme", null, null, null, null, null)).items();

    // Then: the clerk began a run just now, the helper was seen in runs of others alone
    assertThat(agents.get(1).silentSince()).isNull();
    assertThat(agents.get(2).lastSeenAt()).isEqualTo(T0);
    assertThat(agents.get(2).runs()).isZero();
    assertThat(agents.get(2).violationRate()).isNull();
  }

  @Test
  void keepsFiguresToTheRange() {
    // When
    String later = T0.plusSeconds(30).toString();
    AgentView bot = agents(new AgentsQuery("acme", later, null, null, null, null)).items().get(0);

    // Then
    assertThat(bot.runs()).isEqualTo(1);
    assertThat(bot.violations()).isZero();
    assertThat(bot.violationRate()).isZero();
    assertThat(bot.lastSeenAt()).isEqualTo(T0.plusSeconds(60));
  }

  @Test
  void pagesThroughTheAgentsOfAllTenants() {
    // When
    List<String> names = new ArrayList<>();
    String cursor = null;
    do {
      PageView<AgentView> page = agents(new AgentsQuery(null, null, null, null, "1", cursor));
      page.items().forEach(agent -> names.add(agent.tenant() + "/" + agent.agentId()));
      cursor = page.nextCursor();
    } while (cursor != null);

    // Then
    assertThat(names).containsExactly("acme/bot", "acme/clerk", "acme/helper", "zeta/bot");
  }

  @Test
  void addsUpWhatModelsDid() {
    // When
    Clients.Dashboard dashboard = api.client(Clients.Dashboard.class);
    DashboardView all = dashboard.overview(new DashboardQuery(null, null, null, null));
    DashboardView predictions =
        dashboard.predictions(new DashboardQuery("acme", "2025-03-10", "2025-03-10", "5"));
    DashboardView calls = dashboard.languageModels(new DashboardQuery(null, null, null, null));

    // Then
    assertThat(all.totalMlPredictions()).isEqualTo(3);
    assertThat(all.totalLlmRequests()).isEqualTo(6);
    assertThat(all.activeModels()).isEqualTo(2);
    assertThat(all.totalCost()).isEqualTo(0.07);
    assertThat(all.recentEvents())
        .extracting(RecentEventView::t)
        .containsExactly(T0.plusSeconds(2), T0.plusSeconds(1), T0);
    assertThat(predictions.totalMlPredictions()).isEqualTo(3);
    assertThat(predictions.totalLlmRequests()).isNull();
    assertThat(predictions.recentEvents())
        .extracting(RecentEventView::latencyMs)
        .containsExactly(7.0);
    assertThat(calls.totalLlmRequests()).isEqualTo(6);
    assertThat(calls.recentEvents()).extracting(RecentEventView::tenant).containsExactly("zeta");
  }

  @Test
  void readsDaysToTheirEnd() {
    // Then
    assertThat(api.get("/dashboard/overview?start_date=2025-03-10&end_date=2025-03-10").body())
        .contains(
            "\"start_date\":\"2025-03-10T00:00:00Z\"", "\"end_date\":\"2025-03-11T00:00:00Z\"");
    assertThat(
            api.get("/dashboard/overview?start_date=2025-03-12&end_date=2025-03-10").statusCode())
        .isEqualTo(400);
    assertThat(api.get("/dashboard/overview?from=2025-03-11").body())
        .contains("known are end_date, limit, start_date, tenant");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/agents?tenant={}",
        "/api/v1/agents?cursor={}",
        "/api/v1/agents?silent_after_s={}",
        "/dashboard/overview?start_date={}",
        "/dashboard/ml-metrics?tenant={}"
      })
  void takesNothingForSql(String route) {
    for (String attack : List.of("'%3BDROP%20TABLE%20runs%3B--", "%00", "%F0%28", "-1")) {
      assertThat(api.get(route.replace("{}", attack)).statusCode()).isIn(200, 400);
    }
  }

  private static PageView<AgentView> agents(AgentsQuery query) {
    return api.client(Clients.Agents.class).agents(query);
  }
}
