package dev.waymark.api.store;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.event.Usage;
import dev.waymark.schemas.metric.LatencySketch;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writes rows as the jobs do, with plain values wherever a test does not care. */
public final class StoredRows implements AutoCloseable {
  private final Connection connection;

  public StoredRows(DataSource database) {
    try {
      connection = database.getConnection();
    } catch (SQLException e) {
      throw new IllegalStateException("no connection", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("connection not closed", e);
    }
  }

  /** A run of one event. */
  public void run(String tenant, String runId, String agent, String status, Instant startedAt) {
    run(tenant, runId, agent, status, startedAt, List.of());
  }

  public void run(
      String tenant,
      String runId,
      String agent,
      String status,
      Instant startedAt,
      List<String> models) {
    execute(
        """
        INSERT INTO runs (tenant, run_id, agent_id, status, started_at, last_event_at, duration_ms, events,
          events_by_type, errors, model_calls, unpriced_calls, input_tokens, output_tokens, cached_input_tokens,
          cost_usd, models, late_events, duplicates, conflicts, revision)
        VALUES (?, ?, ?, ?, ?, ?, 0, 1, '{"reasoning": 1}', 0, 0, 0, 0, 0, 0, 0, ?::text[], 0, 0, 0, 1)
        """,
        tenant,
        runId,
        agent,
        status,
        startedAt,
        startedAt,
        models);
  }

  /** An event at that offset of partition 0, its identity from its number. */
  public void event(String tenant, String runId, long seq, Instant t, String body, long offset) {
    execute(
        """
        INSERT INTO events (tenant, run_id, t, seq, identity, actor, type, agent_id, action, late, clock_skew, body,
          content_sha256, kafka_partition, kafka_offset)
        VALUES (?, ?, ?, ?, ?, 'agent', 'action_request', 'agent', 'search', false, false, ?, ?, 0, ?)
        """,
        tenant,
        runId,
        t,
        seq,
        "seq:" + seq,
        body,
        sha256(body),
        offset);
  }

  /** An event as the trail job keeps it, at that offset of partition 0. */
  public void event(Event event, long offset) {
    Usage usage = event.usage();
    String body = new String(event.raw(), StandardCharsets.UTF_8);
    execute(
        """
        INSERT INTO events (tenant, run_id, t, seq, identity, actor, type, agent_id, action, call_id, status, resource,
          model, provider, user_id, session_id, trace_id, input_tokens, output_tokens, cost_usd, cost_source,
          latency_ms, gen_latency_ms, late, clock_skew, body, content_sha256, kafka_partition, kafka_offset)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false, false, ?, ?, 0, ?)
        """,
        event.tenant(),
        event.runId(),
        Times.instant(event.timeMicros()),
        event.seq(),
        event.identity(),
        event.actor(),
        event.type(),
        event.agentId(),
        event.action(),
        event.callId(),
        event.status(),
        event.resource(),
        event.model(),
        event.provider(),
        event.userId(),
        event.sessionId(),
        event.traceId(),
        usage == null ? null : usage.inputTokens(),
        usage == null ? null : usage.outputTokens(),
        event.costUsd(),
        event.costUsd() == null ? null : "recorded",
        event.latencyMs(),
        event.genLatencyMs(),
        body,
        sha256(body),
        offset);
  }

  public void conflict(
      String tenant, String runId, long seq, Instant detectedAt, String body, long offset) {
    execute(
        """
        INSERT INTO conflicts (tenant, run_id, identity, seq, t, agent_id, body, content_sha256, kafka_partition,
          kafka_offset, detected_at)
        VALUES (?, ?, ?, ?, ?, 'agent', ?, ?, 0, ?, ?)
        """,
        tenant,
        runId,
        "seq:" + seq,
        seq,
        detectedAt,
        body,
        sha256(body),
        offset,
        detectedAt);
  }

  public void deadLetter(String job, String reason, Instant detectedAt, byte[] raw, long offset) {
    execute(
        """
        INSERT INTO dead_letters (topic, kafka_partition, kafka_offset, job, reason, detail, raw, detected_at)
        VALUES ('waymark.events.v1', 0, ?, ?, ?, 'record: refused', ?, ?)
        """,
        offset,
        job,
        reason,
        raw,
        detectedAt);
  }

  /** A violation of {@code rule} with the given JSON evidence. */
  public void violation(
      String id,
      String tenant,
      String rule,
      String severity,
      @Nullable String runId,
      Instant t,
      String evidence) {
    execute(
        """
        INSERT INTO violations (violation_id, tenant, t, rule_id, rule_version, kind, template, severity, case_key,
          case_id, run_id, agent_id, message, evidence, facts, tags, description, remedy, late, suppressed)
        VALUES (?, ?, ?, ?, 'v1', 'timelag', 'response', ?, 'key', 'case', ?, 'agent', 'no answer', ?::jsonb,
          '{"waited_ms": "30000"}', '{soc2}', 'described', 'remedied', false, 0)
        """,
        id,
        tenant,
        t,
        rule,
        severity,
        runId,
        evidence);
  }

  public void suppressed(String violationId, long count) {
    execute("UPDATE violations SET suppressed = ? WHERE violation_id = ?", count, violationId);
  }

  public void rule(String ruleId, String version, int number, String state, Instant effectiveAt) {
    execute(
        """
        INSERT INTO rules (rule_id, rule_version, number, state, kind, template, severity, definition, effective_at,
          problems, revision)
        VALUES (?, ?, ?, ?, 'timelag', 'response', 'ERROR', '{"id": "x"}', ?, '{}', 1)
        """,
        ruleId,
        version,
        number,
        state,
        effectiveAt);
  }

  public void outcome(
      String tenant,
      String ruleId,
      String version,
      long held,
      long vacuous,
      long broken,
      long open) {
    execute(
        """
        INSERT INTO rule_outcomes (tenant, rule_id, rule_version, cases, activations, held, vacuous, broken, open,
          violations, revision)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
        """,
        tenant,
        ruleId,
        version,
        held + vacuous + broken + open,
        held + broken,
        held,
        vacuous,
        broken,
        open,
        broken);
  }

  public void book(String job, Map<String, Long> counters, Instant watermark) {
    counters.forEach(
        (counter, value) ->
            execute(
                "INSERT INTO job_books VALUES (?, ?, ?, 7, ?)", job, counter, value, watermark));
  }

  /**
   * One window: {@code requests} model calls of 10 input tokens and a cent each, and tool
   * latencies.
   */
  public void window(
      Granularity granularity,
      String tenant,
      String agent,
      String model,
      Instant bucket,
      long requests,
      LatencySketch latencies) {
    String table =
        switch (granularity) {
          case MINUTE -> "metrics_1m";
          case HOUR -> "metrics_1h";
          case DAY -> "metrics_1d";
        };
    execute(
        "INSERT INTO "
            + table
            + """
             (tenant, agent_id, model, action, bucket, events, reasoning, action_requests, action_responses,
              final_outputs, error_events, environments, errors, model_calls, priced_calls, unpriced_calls,
              input_tokens, output_tokens, cached_input_tokens, cache_write_input_tokens, cost_usd, latency_sketch,
              revision)
            VALUES (?, ?, ?, 'search', ?, ?, 0, ?, 0, 0, 0, 0, 0, ?, ?, 0, ?, 0, 0, 0, ?, ?, 1)
            """,
        tenant,
        agent,
        model,
        bucket,
        requests,
        requests,
        requests,
        requests,
        10 * requests,
        requests / 100.0,
        latencies.isEmpty() ? null : latencies.toBytes());
  }

  /** Any other statement. */
  public void execute(String sql, @Nullable Object... values) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, bound(values[i]));
      }
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private @Nullable Object bound(@Nullable Object value) throws SQLException {
    if (value instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
    if (value instanceof List<?> list) {
      return connection.createArrayOf("text", list.toArray());
    }
    return value;
  }

  private static byte[] sha256(String body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
