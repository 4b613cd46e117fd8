package dev.waymark.benchmarks.reads;

import dev.waymark.benchmarks.BenchContext;
import dev.waymark.schemas.metric.LatencySketch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;

/**
 * Thirty days of a hundred events a run, written straight to the tables as the jobs would have: two
 * tenants, twenty agents, three models, eight tools; payloads of some hundred bytes, in words of
 * which few are frequent and most are rare. Seeded: the same at every call but for the time.
 */
final class StoredEvents {
  static final String LONG_RUN = "run-long";
  static final int LONG_RUN_EVENTS = 10_000;
  static final String RARE_WORD = "zyzzyva";
  static final String COMMON_WORD = "word0";
  static final int DAYS = 30;
  private static final int EVENTS_A_RUN = 100;
  private static final int RUNS_AT_ONCE = 1_000;
  private static final int PHRASES = 20_000;
  private static final int VOCABULARY = 5_000;
  private static final int WORDS_A_PHRASE = 14;
  private static final int SKETCHES = 16;
  private static final long SEED = 5;

  private final Connection connection;
  private final long runs;
  private final Instant begin;

  StoredEvents(Connection connection, long events) {
    this.connection = connection;
    this.runs = Math.max(RUNS_AT_ONCE, events / EVENTS_A_RUN);
    this.begin = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(DAYS, ChronoUnit.DAYS);
  }

  Instant begin() {
    return begin;
  }

  long runs() {
    return runs;
  }

  long count() {
    return runs * EVENTS_A_RUN + LONG_RUN_EVENTS;
  }

  /** Writes everything but the rows of runs. */
  void writeEvents(BenchContext context) throws SQLException {
    execute("SET synchronous_commit = off");
    phrases();
    long step = Math.max(1, runs / 10 / RUNS_AT_ONCE) * RUNS_AT_ONCE;
    for (long first = 0; first < runs; first += RUNS_AT_ONCE) {
      events(
          "'run-' || lpad(n::text, 7, '0')",
          first,
          Math.min(runs, first + RUNS_AT_ONCE) - 1,
          EVENTS_A_RUN);
      if ((first + RUNS_AT_ONCE) % step == 0) {
        context.say("%,d runs of %,d", first + RUNS_AT_ONCE, runs);
      }
    }
    events("'" + LONG_RUN + "'", runs - 1, runs - 1, LONG_RUN_EVENTS);
    context.say("windows of the metrics");
    windows();
    violations();
  }

  /** What autovacuum does to tables that are not filled at once. */
  void vacuum() throws SQLException {
    execute(
        "VACUUM (ANALYZE) events, runs, run_words, metrics_1m, metrics_1h, metrics_1d, violations");
  }

  /** Writes the rows of runs: from now on they wait to be made searchable. */
  void writeRuns() throws SQLException {
    execute(
        filled(
            """
        INSERT INTO runs (tenant, run_id, agent_id, status, started_at, last_event_at, ended_at, duration_ms, events,
          events_by_type, errors, model_calls, unpriced_calls, input_tokens, output_tokens, cached_input_tokens,
          cost_usd, models, late_events, duplicates, conflicts, revision)
        SELECT CASE WHEN n %% 5 = 0 THEN 'zeta' ELSE 'acme' END, run_id, 'agent-' || n %% 20,
          CASE WHEN n %% 50 = 0 THEN 'failed' ELSE 'completed' END, started, started + events * interval '7 seconds',
          started + events * interval '7 seconds', events * 7000, events,
          jsonb_build_object('reasoning', events / 3, 'action_request', events / 3, 'action_response', events / 3),
          n %% 3, events / 3, 0, events * 200, events * 20, 0, events * 0.001, ARRAY['model-' || n %% 3], 0, 0, 0, events
        FROM (
          SELECT n, 'run-' || lpad(n::text, 7, '0') AS run_id, %d AS events, %s AS started
          FROM generate_series(0, %d) n
          UNION ALL SELECT %d, '%s', %d, %s FROM (SELECT %d AS n) one) r
        """,
            EVENTS_A_RUN,
            started(),
            runs - 1,
            runs - 1,
            LONG_RUN,
            LONG_RUN_EVENTS,
            started(),
            runs - 1));
  }

  private String started() {
    double seconds = Duration.ofDays(DAYS).toSeconds() * 0.98 / runs;
    return filled("'%s'::timestamptz + n * interval '%s seconds'", begin, Double.toString(seconds));
  }

  private void events(String runId, long first, long last, int events) throws SQLException {
    execute(
        filled(
            """
        INSERT INTO events (tenant, run_id, t, seq, identity, actor, type, agent_id, action, call_id, status, model,
          input_tokens, output_tokens, cost_usd, cost_source, latency_ms, gen_latency_ms, body, content_sha256,
          kafka_partition, kafka_offset)
        SELECT tenant, run_id, t, seq, 'seq:' || seq, 'agent', type, agent, CASE WHEN kind > 0 THEN tool END,
          CASE WHEN kind > 0 THEN 'call-' || seq / 3 END, CASE WHEN kind = 2 THEN 'success' END,
          CASE WHEN kind = 0 THEN model END, CASE WHEN kind = 0 THEN 600 END, CASE WHEN kind = 0 THEN 60 END,
          CASE WHEN kind = 0 THEN 0.003 END, CASE WHEN kind = 0 THEN 'recorded' END,
          CASE WHEN kind = 2 THEN 20 + (n * 37 + seq * 11) %% 900 END, CASE WHEN kind = 0 THEN 400 + (n + seq) %% 3000 END,
          body, sha256(convert_to(body, 'UTF8')), n %% 4, n * 100 + seq
        FROM (
          SELECT e.*, '{"seq":' || seq || ',"t":"' || to_char(t AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            || '","actor":"agent","type":"' || type || '","payload":{' || CASE kind
              WHEN 0 THEN '"thought":"' || a.text || ' ' || b.text || '"'
              WHEN 1 THEN '"action":"' || tool || '","params":{"query":"' || a.text || '","limit":10}'
              ELSE '"status":"success","result":"' || a.text || ' ' || b.text || '"' END
            || '},"meta":{"run_id":"' || run_id || '","agent_id":"' || agent || '","tenant":"' || tenant || '"}}' AS body
          FROM (
            SELECT n, seq, %s AS run_id, %s + seq * interval '7 seconds' AS t, seq %% 3 AS kind,
              CASE WHEN n %% 5 = 0 THEN 'zeta' ELSE 'acme' END AS tenant, 'agent-' || n %% 20 AS agent,
              'tool-' || n %% 8 AS tool, 'model-' || n %% 3 AS model,
              CASE seq %% 3 WHEN 0 THEN 'reasoning' WHEN 1 THEN 'action_request' ELSE 'action_response' END AS type
            FROM generate_series(%d, %d) n, generate_series(1, %d) seq) e
          JOIN bench_phrases a ON a.id = abs(hashint8(n * 1000 + seq)) %% %d
          JOIN bench_phrases b ON b.id = abs(hashint8(n * 999 - seq)) %% %d) made
        ORDER BY tenant, run_id, t
        """,
            runId, started(), first, last, events, PHRASES, PHRASES));
  }

  private void phrases() throws SQLException {
    execute("CREATE TABLE bench_phrases (id integer PRIMARY KEY, text text NOT NULL)");
    Random random = new Random(SEED);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO bench_phrases VALUES (?, ?)")) {
      for (int id = 0; id < PHRASES; id++) {
        StringBuilder phrase = new StringBuilder();
        for (int i = 0; i < WORDS_A_PHRASE; i++) {
          // The cube makes few words frequent and most of them rare.
          phrase
              .append("word")
              .append((int) (VOCABULARY * Math.pow(random.nextDouble(), 3)))
              .append(' ');
        }
        insert.setInt(1, id);
        insert.setString(2, phrase + (id == 0 ? RARE_WORD : "end"));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    execute("ANALYZE bench_phrases");
  }

  private void windows() throws SQLException {
    for (int day = 0; day <= DAYS; day++) {
      Instant from = begin.plus(day, ChronoUnit.DAYS);
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              INSERT INTO metrics_1m
              SELECT tenant, agent_id, coalesce(model, ''), coalesce(action, ''), date_bin('1 minute', t, '2000-01-03Z'),
                count(*), count(*) FILTER (WHERE type = 'reasoning'), count(*) FILTER (WHERE type = 'action_request'),
                count(*) FILTER (WHERE type = 'action_response'), 0, 0, 0, 0, count(cost_usd), count(cost_usd), 0,
                coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0), 0, 0, coalesce(sum(cost_usd), 0),
                CASE WHEN count(latency_ms) > 0 THEN (?::bytea[])[1 + count(*) % 16] END,
                CASE WHEN count(gen_latency_ms) > 0 THEN (?::bytea[])[1 + count(*) % 16] END, count(*)
              FROM events WHERE t >= ? AND t < ? GROUP BY 1, 2, 3, 4, 5
              """)) {
        insert.setArray(1, connection.createArrayOf("bytea", sketches(3)));
        insert.setArray(2, connection.createArrayOf("bytea", sketches(3)));
        insert.setObject(3, from.atOffset(ZoneOffset.UTC));
        insert.setObject(4, from.plus(1, ChronoUnit.DAYS).atOffset(ZoneOffset.UTC));
        insert.execute();
      }
    }
    rollUp("metrics_1h", "metrics_1m", "1 hour", 150);
    rollUp("metrics_1d", "metrics_1h", "1 day", 3_000);
  }

  private void rollUp(String into, String from, String width, int values) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            filled(
                """
            INSERT INTO %s
            SELECT tenant, agent_id, model, action, date_bin('%s', bucket, '2000-01-03Z'), sum(events), sum(reasoning),
              sum(action_requests), sum(action_responses), 0, 0, 0, 0, sum(model_calls), sum(priced_calls), 0,
              sum(input_tokens), sum(output_tokens), 0, 0, sum(cost_usd),
              CASE WHEN count(latency_sketch) > 0 THEN (?::bytea[])[1 + count(*) %% 16] END,
              CASE WHEN count(gen_latency_sketch) > 0 THEN (?::bytea[])[1 + count(*) %% 16] END, sum(revision)
            FROM %s GROUP BY 1, 2, 3, 4, 5
            """,
                into, width, from))) {
      insert.setArray(1, connection.createArrayOf("bytea", sketches(values)));
      insert.setArray(2, connection.createArrayOf("bytea", sketches(values)));
      insert.execute();
    }
  }

  /** As the metrics job would have filled them: what they hold is their size. */
  private static byte[][] sketches(int values) {
    Random random = new Random(SEED);
    byte[][] sketches = new byte[SKETCHES][];
    for (int i = 0; i < SKETCHES; i++) {
      LatencySketch sketch = new LatencySketch();
      for (int j = 0; j < values; j++) {
        sketch.add(20 + 900 * random.nextDouble());
      }
      sketches[i] = sketch.toBytes();
    }
    return sketches;
  }

  private void violations() throws SQLException {
    execute(
        filled(
            """
        INSERT INTO violations (violation_id, tenant, t, rule_id, rule_version, kind, template, severity, case_key,
          case_id, run_id, agent_id, message, evidence, facts, tags, description, remedy, late)
        SELECT 'violation-' || n, CASE WHEN n %% 5 = 0 THEN 'zeta' ELSE 'acme' END, %s + interval '70 seconds',
          'rule-' || n %% 10, 'v1', 'timelag', 'response', CASE WHEN n %% 4 = 0 THEN 'CRITICAL' ELSE 'ERROR' END,
          'run-' || n, 'run-' || n, 'run-' || lpad(n::text, 7, '0'), 'agent-' || n %% 20,
          'no answer within 30 s after seq 9',
          jsonb_build_array(jsonb_build_object('run_id', 'run-' || lpad(n::text, 7, '0'), 'seq', 9, 't',
            to_char((%s + interval '63 seconds') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'identity', 'seq:9',
            'role', 'activation')), '{"waited_ms": "30000"}', '{}', 'described', 'remedied', false
        FROM generate_series(0, %d, 7) n
        """,
            started(), started(), runs - 1));
  }

  private static String filled(String sql, Object... values) {
    return String.format(Locale.ROOT, sql, values);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
