package dev.waymark.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.waymark.api.ApiServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API describes itself, from this process alone, before any other server is there. */
class DocsIT {
  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

  private static ApiServer api;

  @BeforeAll
  static void start() {
    api =
        ApiServer.start(
            Map.of(
                "WAYMARK_DB_URL", "jdbc:postgresql://127.0.0.1:1/none",
                "WAYMARK_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
                "WAYMARK_TIME", "log"));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void loadsEveryPartOfThePageFromItself() {
    // When
    HttpResponse<String> page = api.get("/docs/index.html");

    // Then
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self' 'sha256-")
        .doesNotContain("unsafe", "http");
    assertThat(page.body()).doesNotContain("<style", "onload=", "http");
    List<String> links =
        LINK.matcher(page.body()).results().map(MatchResult::group).map(DocsIT::address).toList();
    assertThat(links)
        .hasSize(4)
        .allSatisfy(link -> assertThat(api.get(link).statusCode()).isEqualTo(200));
  }

  private static String address(String attribute) {
    return attribute.substring(attribute.indexOf('"') + 1, attribute.length() - 1);
  }

  @Test
  void servesTheDashboardAtTheRootWithPartsThatAreKeptForEver() {
    // When
    HttpResponse<String> page = api.get("/");

    // Then
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
    assertThat(page.body()).doesNotContain("{{", "http:", "https:", "<style", "onload=");
    List<String> links =
        LINK.matcher(page.body()).results().map(MatchResult::group).map(DocsIT::address).toList();
    assertThat(links)
        .hasSizeGreaterThan(20)
        .allSatisfy(
            link -> {
              HttpResponse<String> part = api.get(link);
              assertThat(part.statusCode()).as(link).isEqualTo(200);
              assertThat(part.headers().firstValue("Cache-Control").orElseThrow())
                  .contains("immutable");
            });
  }

  @Test
  void allowsTheImportMapOfThePageAndNoOtherInlineScript() throws Exception {
    // When
    HttpResponse<String> page = api.get("/");

    // Then
    Matcher map = Pattern.compile("<script type=\"importmap\">(.*?)</script>").matcher(page.body());
    assertThat(map.find()).isTrue();
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "';")
        .doesNotContain("unsafe");
  }

  @Test
  void knowsNoPartOfAnotherVersionOrOutsideOfTheDashboard() {
    assertThat(api.get("/assets/0000000000000000/style.css").statusCode()).isEqualTo(404);
    assertThat(api.get("/assets/0000000000000000/../application.properties").statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs",
        "/api/v1/runs/{run_id}",
        "/api/v1/runs/{run_id}/trail",
        "/api/v1/runs/{run_id}/timeline",
        "/api/v1/runs/{run_id}/explain",
        "/api/v1/process-map",
        "/api/v1/dead-letters/redrive",
        "/api/v1/violations",
        "/api/v1/violations/{violation_id}",
        "/api/v1/metrics",
        "/api/v1/metrics/series",
        "/api/v1/conformance",
        "/api/v1/rules",
        "/api/v1/rules/validate",
        "/api/v1/rules/backtest",
        "/api/v1/rules/backtest/{backtest_id}",
        "/api/v1/rules/backtest/{backtest_id}/violations",
        "/api/v1/dead-letters",
        "/api/v1/conflicts",
        "/api/v1/pipeline",
        "/api/v1/events",
        "/api/runs",
        "/api/runs/{run_id}",
        "/api/runs/{run_id}/finalize",
        "/api/runs/{run_id}/events",
        "/api/runs/{run_id}/trace",
        "/api/trace-events/batch",
        "/v1/events",
        "/v1/agents/{agent_id}/events",
        "/ingest/ml",
        "/ingest/llm",
        "/api/v1/audit/log",
        "/api/v1/audit/logs",
        "/api/v1/audit/logs/{decision_id}",
        "/api/v1/audit/sessions",
        "/v1/traces",
        "/api/v1/agents",
        "/dashboard/overview",
        "/dashboard/ml-metrics",
        "/dashboard/llm-metrics",
        "/api/v1/feed",
        "/api/v1/search",
        "/api/v1/export/runs",
        "/api/v1/export/runs/{run_id}/trail"
      })
  void describesEveryRoute(String route) {
    assertThat(api.get("/openapi/waymark-openapi.yml").body()).contains("\n  " + route + ":\n");
  }

  @Test
  void hasAnExportOfEveryList() throws Exception {
    // Given: lists go on with a cursor; a timeline is a trail with less in it
    JsonNode paths =
        new ObjectMapper(new YAMLFactory())
            .readTree(api.get("/openapi/waymark-openapi.yml").body())
            .path("paths");
    Map<String, String> otherwiseNamed =
        Map.of(
            "audit/logs", "decisions",
            "audit/sessions", "decision-sessions",
            "rules/backtest", "backtests",
            "rules/backtest/{backtest_id}/violations", "backtests/{backtest_id}/violations",
            "runs/{run_id}/timeline", "runs/{run_id}/trail");
    List<String> lists =
        paths.properties().stream()
            .filter(path -> path.getValue().path("get").findValuesAsText("name").contains("cursor"))
            .map(path -> path.getKey().replace("/api/v1/", ""))
            .filter(path -> !path.startsWith("export/"))
            .toList();

    // Then
    assertThat(lists)
        .hasSizeGreaterThan(15)
        .allSatisfy(
            list ->
                assertThat(paths.has("/api/v1/export/" + otherwiseNamed.getOrDefault(list, list)))
                    .isTrue());
  }

  @Test
  void countsRequestsByRoute() {
    // When
    api.get("/api/v1/runs/some-run");

    // Then
    assertThat(api.bean(PrometheusMeterRegistry.class).scrape())
        .contains(
            "waymark_query_requests_total{route=\"/api/v1/runs/{run_id}\",status=\"503\"}",
            "waymark_query_latency_seconds_count{route=\"/api/v1/runs/{run_id}\"}")
        .doesNotContain("some-run");
  }

  @Test
  void saysWhatIsMissing() {
    // When
    HttpResponse<String> health = api.get("/health");

    // Then
    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(health.body())
        .contains("\"database\":{", "\"kafka\":{", "migrate the database", "create the topics");
    assertThat(api.get("/health/readiness").statusCode()).isEqualTo(503);
    assertThat(api.get("/health/liveness").statusCode()).isEqualTo(200);
    HttpResponse<String> read = api.get("/api/v1/runs");
    assertThat(read.statusCode()).isEqualTo(503);
    assertThat(read.body()).contains("the database has not been migrated yet");
  }
}
