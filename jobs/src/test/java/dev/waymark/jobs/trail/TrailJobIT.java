package dev.waymark.jobs.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.jobs.Await;
import dev.waymark.jobs.BrokenEvents;
import dev.waymark.jobs.Pipeline;
import dev.waymark.jobs.TestEvents;
import dev.waymark.jobs.TrailJob;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TrailJobIT {
  private static final int RUNS = 40;
  private static final int EVENTS_PER_RUN = 25;

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private final Pipeline pipeline = new Pipeline();
  private final List<String> sent = new ArrayList<>();

  @AfterEach
  void stopServers() {
    pipeline.close();
  }

  @Test
  void writesEveryEventOnceAndNothingNewOnRepeatOrReplay() throws Exception {
    // Given runs, a repeat, a conflict, and everything broken we know
    publishRuns();
    String first = TestEvents.json("run-0", 1, 0, "reasoning", "\"goal\":\"g\"", usage());
    String other = first.replace("\"g\"", "\"other\"");
    pipeline.publish("default/run-0", first);
    pipeline.publish("default/run-0", other);
    Map<String, BrokenEvents.Case> corpus = BrokenEvents.all();
    corpus.values().forEach(broken -> pipeline.publish(null, broken.value()));
    long dead =
        corpus.values().stream()
            .filter(broken -> !broken.outcome().equals(BrokenEvents.ACCEPTED))
            .count();
    long accepted = sent.size() + corpus.size() - dead;
    long read = accepted + dead + 2;
    pipeline.flush();

    // When
    JobClient job = start(2);
    awaitRead(read);

    // Then
    assertThat(pipeline.query("SELECT body FROM events WHERE run_id LIKE 'run-%'"))
        .containsExactlyInAnyOrderElementsOf(sent);
    assertThat(pipeline.number("SELECT count(*) FROM events")).isEqualTo(accepted);
    assertThat(pipeline.query("SELECT run_id, identity, body FROM conflicts"))
        .containsExactly("run-0|seq:1|" + other);
    assertThat(pipeline.number("SELECT count(*) FROM dead_letters")).isEqualTo(dead);
    assertThat(books())
        .containsEntry("read", read)
        .containsEntry("accepted", accepted)
        .containsEntry("duplicates", 1L)
        .containsEntry("conflicts", 1L)
        .containsEntry("dead_letters", dead)
        .containsEntry("control", (long) RUNS / 4);
    assertRunsAreRight();
    List<String> rows = allRows();

    // When everything comes again
    sent.forEach(json -> pipeline.publish(keyOf(json), json));
    pipeline.flush();
    awaitRead(read + sent.size());

    // Then only the repeats are counted
    assertThat(pipeline.number("SELECT sum(duplicates) FROM runs")).isEqualTo(1L + sent.size());
    assertThat(allRows()).isEqualTo(rows);

    // When all state is lost and the whole log is read again
    job.cancel().get();
    JobClient replay = start(1);
    awaitBooksOfNewJob();
    awaitRead(read + sent.size());

    // Then no row has changed
    assertThat(pipeline.number("SELECT sum(duplicates) FROM runs")).isEqualTo(1L + sent.size());
    assertThat(allRows()).isEqualTo(rows);
    replay.cancel().get();
  }

  private void publishRuns() {
    for (int seq = 1; seq <= EVENTS_PER_RUN; seq++) {
      for (int run = 0; run < RUNS; run++) {
        String json = event("run-" + run, seq, run % 4);
        sent.add(json);
        pipeline.publish(keyOf(json), json);
      }
    }
    for (int run = 1; run < RUNS; run += 4) {
      pipeline.publish("default/run-" + run, TestEvents.finalizeJson("run-" + run, 100));
    }
  }

  /** Endings: 0 final output, 1 finalized, 2 none, 3 error. */
  private static String event(String run, int seq, int ending) {
    if (seq == EVENTS_PER_RUN && ending == 0) {
      return TestEvents.json(run, seq, seq, "final_output", "\"output\":\"done\"", "");
    }
    if (seq == EVENTS_PER_RUN && ending == 3) {
      return TestEvents.json(run, seq, seq, "error", "\"message\":\"m\"", "");
    }
    if (seq == 1) {
      return TestEvents.json(run, seq, 0, "reasoning", "\"goal\":\"g\"", usage());
    }
    String call = "\"call_id\":\"c" + seq / 2 + "\"";
    return seq % 2 == 0
        ? TestEvents.json(run, seq, seq, "action_request", "\"action\":\"look_up\"", call)
        : TestEvents.json(run, seq, seq, "action_response", "\"status\":\"success\"", call);
  }

  private static String usage() {
    return "\"model\":\"m1\",\"usage\":{\"input_tokens\":1000,\"output_tokens\":100},"
        + "\"cost_usd\":0.0125";
  }

  private static String keyOf(String json) {
    return "default/" + json.replaceFirst(".*\"run_id\":\"([^\"]*)\".*", "$1");
  }

  private void assertRunsAreRight() throws SQLException {
    assertThat(
            pipeline.query(
                "SELECT DISTINCT substr(run_id, 5)::int % 4 AS ending, agent_id, status, events,"
                    + " duration_ms, extract(epoch FROM ended_at - started_at)::int, errors,"
                    + " model_calls, input_tokens, output_tokens, cost_usd, models,"
                    + " events_by_type->>'action_response'"
                    + " FROM runs WHERE run_id LIKE 'run-%' ORDER BY 1"))
        .containsExactly(
            "0|a1|completed|25|25000|25|0|1|1000|100|0.0125|{m1}|11",
            "1|a1|completed|25|25000|100|0|1|1000|100|0.0125|{m1}|12",
            "2|a1|running|25|25000||0|1|1000|100|0.0125|{m1}|12",
            "3|a1|running|25|25000||1|1|1000|100|0.0125|{m1}|11");
    assertThat(
            pipeline.query(
                "SELECT DISTINCT type, action FROM events WHERE run_id LIKE 'run-%' ORDER BY 1"))
        .containsExactly(
            "action_request|look_up",
            "action_response|look_up",
            "error|",
            "final_output|",
            "reasoning|");
  }

  private JobClient start(int parallelism) throws Exception {
    StreamExecutionEnvironment env = Pipeline.flink(parallelism);
    TrailConfig config = TrailConfig.from(pipeline.settings("--time", "log"));
    TrailTopology.build(env, TrailJob.NAME, TrailPorts.of(TrailJob.NAME, config), config);
    return env.executeAsync(TrailJob.NAME);
  }

  private void awaitRead(long records) throws Exception {
    Await.until(
        records + " records in the books", () -> pipeline.book(TrailJob.NAME, "read") == records);
  }

  /** The new job's books begin at zero. */
  private void awaitBooksOfNewJob() throws Exception {
    pipeline.query("UPDATE job_books SET value = -1 RETURNING 1");
    Await.until("new books", () -> pipeline.book(TrailJob.NAME, "control") >= 0);
  }

  private Map<String, Long> books() throws SQLException {
    return pipeline.query("SELECT counter, value FROM job_books").stream()
        .map(row -> row.split("\\|"))
        .collect(Collectors.toMap(cells -> cells[0], cells -> Long.parseLong(cells[1])));
  }

  private List<String> allRows() throws SQLException {
    List<String> rows = new ArrayList<>();
    rows.addAll(pipeline.query("SELECT * FROM events ORDER BY tenant, run_id, t, seq, identity"));
    rows.addAll(
        pipeline.query(
            "SELECT (to_jsonb(runs) - 'duplicates')::text FROM runs ORDER BY tenant, run_id"));
    rows.addAll(pipeline.query("SELECT * FROM conflicts ORDER BY kafka_partition, kafka_offset"));
    rows.addAll(
        pipeline.query("SELECT * FROM dead_letters ORDER BY kafka_partition, kafka_offset"));
    return rows;
  }
}
