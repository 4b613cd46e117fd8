package dev.waymark.api.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.waymark.api.store.StoredRows;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.event.UndecodableException;
import dev.waymark.schemas.metric.LatencySketch;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleJson;
import dev.waymark.testkit.reference.Finding;
import dev.waymark.testkit.reference.Outcome;
import dev.waymark.testkit.reference.ReferenceEvaluator;
import dev.waymark.testkit.reference.Verdict;
import dev.waymark.testkit.reference.Witness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the jobs would make of records: events, runs, metrics, and what the rules say of them
 * by the reference evaluator. One tenant, nothing late, every cost recorded.
 */
final class StoredTrail {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final EventCodec CODEC = new EventCodec(EventLimits.DEFAULT);

  /** Of a run: the reference evaluator is quadratic. */
  private static final int JUDGED_EVENTS = 400;

  private static final String TRUNCATED = "date_trunc(?, t AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'";

  private final StoredRows rows;

  StoredTrail(StoredRows rows) {
    this.rows = rows;
  }

  void write(List<byte[]> records, List<Rule> rules) {
    List<Event> events = records.stream().map(StoredTrail::decoded).toList();
    rows.execute("BEGIN");
    long offset = 0;
    for (Event event : events) {
      rows.event(event, offset++);
    }
    rows.execute(
        "UPDATE events e SET action = (SELECT r.action FROM events r WHERE r.tenant = e.tenant AND r.run_id = e.run_id"
            + " AND r.call_id = e.call_id AND r.type = 'action_request' LIMIT 1) WHERE action IS NULL AND call_id IS NOT NULL");
    writeRuns();
    writeMetrics("metrics_1m", "minute", events);
    writeMetrics("metrics_1h", "hour", events);
    writeMetrics("metrics_1d", "day", events);
    List<Event> judged = events.stream().filter(event -> event.seq() <= JUDGED_EVENTS).toList();
    writeVerdicts(rules, ReferenceEvaluator.judge(rules, judged, List.of()), events);
    rows.execute("COMMIT");
    rows.execute("ANALYZE");
  }

  private static Event decoded(byte[] record) {
    try {
      return (Event) CODEC.decode(record);
    } catch (UndecodableException e) {
      throw new IllegalArgumentException(e.detail(), e);
    }
  }

  private void writeRuns() {
    rows.execute(
        """
        INSERT INTO runs (tenant, run_id, agent_id, status, started_at, last_event_at, ended_at, duration_ms, events,
          events_by_type, errors, model_calls, unpriced_calls, input_tokens, output_tokens, cached_input_tokens,
          cost_usd, models, late_events, duplicates, conflicts, revision)
        SELECT tenant, run_id, (array_agg(agent_id ORDER BY t, seq))[1],
          CASE (array_agg(type ORDER BY t DESC, seq DESC))[1]
            WHEN 'final_output' THEN 'completed' WHEN 'error' THEN 'failed'
            ELSE CASE WHEN max(t) < now() - interval '30 minutes' THEN 'timed_out' ELSE 'running' END END,
          min(t), max(t), max(t), extract(epoch FROM max(t) - min(t)) * 1000, count(*),
          '{}', count(*) FILTER (WHERE type = 'error' OR status IN ('error', 'failure', 'failed')),
          count(*) FILTER (WHERE cost_usd IS NOT NULL OR input_tokens IS NOT NULL),
          count(*) FILTER (WHERE cost_usd IS NULL AND input_tokens IS NOT NULL),
          coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0), 0, coalesce(sum(cost_usd), 0),
          coalesce(array_agg(DISTINCT model) FILTER (WHERE model IS NOT NULL), '{}'), 0, 0, 0, count(*)
        FROM events GROUP BY tenant, run_id
        """);
    rows.execute("UPDATE runs SET ended_at = NULL WHERE status = 'running'");
  }

  private void writeMetrics(String table, String unit, List<Event> events) {
    rows.execute(
        "INSERT INTO "
            + table
            + """
             (tenant, agent_id, model, action, bucket, events, reasoning, action_requests, action_responses,
              final_outputs, error_events, environments, errors, model_calls, priced_calls, unpriced_calls,
              input_tokens, output_tokens, cached_input_tokens, cache_write_input_tokens, cost_usd, revision)
            SELECT tenant, agent_id, coalesce(model, ''), coalesce(action, ''),
            """
            + TRUNCATED
            + """
            , count(*), count(*) FILTER (WHERE type = 'reasoning'), count(*) FILTER (WHERE type = 'action_request'),
              count(*) FILTER (WHERE type = 'action_response'), count(*) FILTER (WHERE type = 'final_output'),
              count(*) FILTER (WHERE type = 'error'), 0,
              count(*) FILTER (WHERE type = 'error' OR status IN ('error', 'failure', 'failed')),
              count(*) FILTER (WHERE cost_usd IS NOT NULL OR input_tokens IS NOT NULL), count(cost_usd),
              count(*) FILTER (WHERE cost_usd IS NULL AND input_tokens IS NOT NULL),
              coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0), 0, 0, coalesce(sum(cost_usd), 0), count(*)
            FROM events GROUP BY 1, 2, 3, 4, 5
            """,
        unit);
    Map<List<Object>, LatencySketch> tools = new HashMap<>();
    Map<List<Object>, LatencySketch> models = new HashMap<>();
    for (Event event : events) {
      add(tools, event, unit, event.latencyMs());
      add(models, event, unit, event.genLatencyMs());
    }
    tools.forEach((key, sketch) -> update(table, "latency_sketch", key, sketch));
    models.forEach((key, sketch) -> update(table, "gen_latency_sketch", key, sketch));
  }

  private static void add(
      Map<List<Object>, LatencySketch> sketches, Event event, String unit, @Nullable Double ms) {
    if (ms != null) {
      Instant t = Times.instant(event.timeMicros());
      Instant bucket =
          Instant.ofEpochSecond(Math.floorDiv(t.getEpochSecond(), seconds(unit)) * seconds(unit));
      List<Object> key =
          List.of(event.agentId(), event.model() == null ? "" : event.model(), bucket);
      sketches.computeIfAbsent(key, k -> new LatencySketch()).add(ms);
    }
  }

  private static long seconds(String unit) {
    return switch (unit) {
      case "minute" -> 60;
      case "hour" -> 3_600;
      default -> 86_400;
    };
  }

  /** Of all actions together: to one of their rows, so that sums over a range are right. */
  private void update(String table, String column, List<Object> key, LatencySketch sketch) {
    rows.execute(
        "UPDATE "
            + table
            + " SET "
            + column
            + " = ? WHERE ctid = (SELECT ctid FROM "
            + table
            + " WHERE agent_id = ? AND model = ? AND bucket = ? LIMIT 1)",
        sketch.toBytes(),
        key.get(0),
        key.get(1),
        key.get(2));
  }

  private void writeVerdicts(List<Rule> rules, List<Verdict> verdicts, List<Event> events) {
    Map<String, Rule> byId = rules.stream().collect(Collectors.toMap(Rule::id, rule -> rule));
    Map<String, String> agents = new HashMap<>();
    events.forEach(event -> agents.put(event.runId() + "/" + event.seq(), event.agentId()));
    rules.forEach(rule -> writeRule(rule, 1, "active"));
    int number = 0;
    for (Verdict verdict : verdicts) {
      for (Finding finding : verdict.findings()) {
        writeViolation(number++, byId.get(finding.ruleId()), finding, agents);
      }
    }
    for (Rule rule : rules) {
      writeOutcome(rule, verdicts.stream().filter(v -> v.ruleId().equals(rule.id())).toList());
    }
  }

  void writeRule(Rule rule, int number, String state) {
    rows.execute(
        """
        INSERT INTO rules (rule_id, rule_version, number, state, kind, template, severity, definition, effective_at,
          problems, revision)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, '{}', 1)
        """,
        rule.id(),
        rule.version(),
        number,
        state,
        rule.kind().code(),
        rule.template().code(),
        rule.severity().name(),
        RuleJson.canonical(rule),
        Instant.parse(number == 1 ? "2025-01-01T00:00:00Z" : "2026-01-01T00:00:00Z"));
  }

  private void writeOutcome(Rule rule, List<Verdict> verdicts) {
    Map<Outcome, Long> counts =
        verdicts.stream().collect(Collectors.groupingBy(Verdict::outcome, Collectors.counting()));
    rows.outcome(
        Event.DEFAULT_TENANT,
        rule.id(),
        rule.version(),
        counts.getOrDefault(Outcome.HELD, 0L),
        counts.getOrDefault(Outcome.VACUOUS, 0L),
        counts.getOrDefault(Outcome.BROKEN, 0L),
        0);
  }

  private void writeViolation(int number, Rule rule, Finding finding, Map<String, String> agents) {
    List<Witness> evidence = finding.evidence();
    String runId = evidence.isEmpty() ? finding.caseId().runId() : evidence.get(0).runId();
    long seq = evidence.isEmpty() ? finding.caseId().seq() : evidence.get(0).seq();
    rows.execute(
        """
        INSERT INTO violations (violation_id, tenant, t, rule_id, rule_version, kind, template, severity, case_key,
          case_id, run_id, agent_id, message, evidence, facts, tags, description, remedy, late, suppressed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'case', ?, ?, ?, ?::jsonb, ?::jsonb, ?::text[], ?, ?, false, 0)
        """,
        "v-" + (100_000 + number),
        finding.tenant(),
        Times.instant(finding.timeMicros()),
        rule.id(),
        rule.version(),
        rule.kind().code(),
        rule.template().code(),
        rule.severity().name(),
        finding.caseKey(),
        runId,
        agents.get(runId + "/" + seq),
        "not kept after seq " + seq + ": " + rule.template().code() + " was broken",
        json(evidence),
        "{\"events_in_case\": \"" + evidence.size() + "\"}",
        new ArrayList<>(rule.tags()),
        rule.description(),
        rule.remedy());
  }

  private static String json(List<Witness> evidence) {
    ArrayNode array = JSON.createArrayNode();
    for (Witness witness : evidence) {
      array
          .addObject()
          .put("run_id", witness.runId())
          .put("seq", witness.seq())
          .put("t", Times.format(witness.timeMicros()))
          .put("identity", witness.identity())
          .put("role", array.size() == 1 ? "activation" : "witness");
    }
    return array.toString();
  }
}
