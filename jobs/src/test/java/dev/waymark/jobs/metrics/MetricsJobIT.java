package dev.waymark.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waymark.jobs.Await;
import dev.waymark.jobs.BrokenEvents;
import dev.waymark.jobs.MetricsJob;
import dev.waymark.jobs.Pipeline;
import dev.waymark.jobs.TestEvents;
import dev.waymark.schemas.metric.LatencySketch;
import dev.waymark.schemas.metric.PriceTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class MetricsJobIT {
  private static final int RUNS = 30;
  private static final int CALLS = 20;

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path directory;

  private final Pipeline pipeline = new Pipeline();
  private final List<String> sent = new ArrayList<>();
  private final List<Double> latencies = new ArrayList<>();

  @AfterEach
  void stopServers() {
    pipeline.close();
  }

  @Test
  void everyWidthHasTheSameTotalsAndNothingChangesOnRepeatOrReplay() throws Exception {
    // Given
    publishRuns();
    BrokenEvents.all().values().stream()
        .filter(broken -> !broken.outcome().equals(BrokenEvents.ACCEPTED))
        .forEach(broken -> pipeline.publish(null, broken.value()));
    pipeline.flush();
    long dead =
        BrokenEvents.all().values().stream()
            .filter(broken -> !broken.outcome().equals(BrokenEvents.ACCEPTED))
            .count();

    // When
    JobClient job = start(2);
    awaitRead(sent.size() + dead);
    // So that responses that wait for a request are measured
    pipeline.publishToAll(TestEvents.heartbeatJson(CALLS * 60 + 6));
    pipeline.flush();
    awaitMeasured();

    // Then
    int events = 2 * RUNS * CALLS;
    for (String table : List.of("metrics_1m", "metrics_1h", "metrics_1d")) {
      assertThat(
              pipeline.query(
                  "SELECT action, sum(events), sum(action_requests), sum(action_responses),"
                      + " sum(model_calls), sum(priced_calls), sum(unpriced_calls),"
                      + " sum(input_tokens), sum(cost_usd)::numeric(10, 6) FROM "
                      + table
                      + " GROUP BY action ORDER BY action"))
          .as(table)
          .containsExactly(
              "|%d|0|%d|0|0|0|0|0.000000".formatted(RUNS, RUNS),
              "look_up|%d|%d|%d|%d|%d|0|%d|%s"
                  .formatted(
                      events - RUNS,
                      RUNS * CALLS,
                      RUNS * CALLS - RUNS,
                      RUNS * CALLS,
                      RUNS * CALLS,
                      1_000 * RUNS * CALLS,
                      "%.6f".formatted(RUNS * CALLS * 0.0025)));
      assertLatencies(table);
    }
    assertThat(pipeline.number("SELECT count(DISTINCT bucket) FROM metrics_1m")).isEqualTo(CALLS);
    assertThat(pipeline.book(MetricsJob.NAME, "dead_letters")).isEqualTo(dead);
    List<String> rows = allRows();

    // When everything comes again
    sent.forEach(json -> pipeline.publish(keyOf(json), json));
    pipeline.flush();
    awaitRead(2L * sent.size() + dead);

    // Then
    assertThat(pipeline.book(MetricsJob.NAME, "duplicates")).isEqualTo(sent.size());
    assertThat(allRows()).isEqualTo(rows);

    // When all state is lost and the whole log is read again
    job.cancel().get();
    JobClient replay = start(1);
    pipeline.query("UPDATE job_books SET value = -1 RETURNING 1");
    awaitRead(2L * sent.size() + dead);

    // Then
    assertThat(allRows()).isEqualTo(rows);
    replay.cancel().get();
  }

  private void publishRuns() {
    Random random = new Random(3);
    for (int call = 1; call <= CALLS; call++) {
      for (int run = 0; run < RUNS; run++) {
        double latencyMs = Math.round(Math.pow(10, 1 + random.nextDouble() * 3));
        latencies.add(latencyMs);
        double seconds = call * 60 - 1;
        publish(
            TestEvents.json(
                "run-" + run,
                2L * call,
                seconds - 10,
                "action_request",
                "\"action\":\"look_up\"",
                "\"call_id\":\"c%d\",\"model\":\"m1\",\"usage\":{\"input_tokens\":1000,\"output_tokens\":100}"
                    .formatted(call)));
        String callId = call == CALLS ? "unknown" : "c" + call;
        publish(
            TestEvents.json(
                "run-" + run,
                2L * call + 1,
                seconds,
                "action_response",
                "\"status\":\"success\",\"latency_ms\":" + latencyMs,
                "\"call_id\":\"" + callId + "\""));
      }
    }
    Collections.sort(latencies);
  }

  private void publish(String json) {
    sent.add(json);
    pipeline.publish(keyOf(json), json);
  }

  private static String keyOf(String json) {
    return "default/" + json.replaceFirst(".*\"run_id\":\"([^\"]*)\".*", "$1");
  }

  private void assertLatencies(String table) throws Exception {
    LatencySketch all = new LatencySketch();
    try (Connection connection = pipeline.database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT latency_sketch FROM " + table + " WHERE latency_sketch IS NOT NULL")) {
      while (result.next()) {
        all.merge(LatencySketch.fromBytes(result.getBytes(1)));
      }
    }
    assertThat(all.count()).isEqualTo(latencies.size());
    for (double quantile : new double[] {0.5, 0.95, 0.99}) {
      double exact = latencies.get((int) Math.floor(quantile * (latencies.size() - 1)));
      assertThat(all.quantile(quantile)).as(table).isCloseTo(exact, within(exact * 0.01));
    }
  }

  private JobClient start(int parallelism) throws Exception {
    Path prices = directory.resolve("prices.csv");
    Files.writeString(prices, PriceTable.HEADER + "\nm*,2020-01-01T00:00:00Z,2,,,5\n");
    StreamExecutionEnvironment env = Pipeline.flink(parallelism);
    MetricsConfig config =
        MetricsConfig.from(
            pipeline.settings("--prices.file", prices.toString(), "--metrics.sum-ms", "50"));
    MetricsTopology.build(env, MetricsJob.NAME, MetricsPorts.of(MetricsJob.NAME, config), config);
    return env.executeAsync(MetricsJob.NAME);
  }

  private void awaitRead(long records) throws Exception {
    Await.until(
        records + " records in the books", () -> pipeline.book(MetricsJob.NAME, "read") == records);
  }

  private void awaitMeasured() throws Exception {
    Await.until(
        "all events in the days",
        () ->
            pipeline.number("SELECT coalesce(sum(events), 0) FROM metrics_1d")
                == 2L * RUNS * CALLS);
    Await.until(
        "all events in the minutes",
        () ->
            pipeline.number("SELECT coalesce(sum(events), 0) FROM metrics_1m")
                == 2L * RUNS * CALLS);
  }

  private List<String> allRows() throws Exception {
    List<String> rows = new ArrayList<>();
    for (String table : List.of("metrics_1m", "metrics_1h", "metrics_1d")) {
      rows.addAll(
          pipeline.query(
              "SELECT * FROM " + table + " ORDER BY tenant, agent_id, model, action, bucket"));
    }
    return rows;
  }
}
