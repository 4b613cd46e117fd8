package dev.waymark.jobs.trail;

import dev.waymark.jobs.ports.DeadLetter;
import dev.waymark.jobs.store.Columns;
import dev.waymark.jobs.store.Refusals;
import dev.waymark.jobs.store.RowTable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Table {@code runs}. A row never gives way to one that counts fewer events. */
final class RunTable implements RowTable<RunRow> {
  /** Which rows a new one replaces. */
  enum Replaces {
    OLDER_OR_SAME(">="),
    OLDER(">");

    private final String operator;

    Replaces(String operator) {
      this.operator = operator;
    }
  }

  private final String job;
  private final Replaces replaces;

  RunTable(String job, Replaces replaces) {
    this.job = job;
    this.replaces = replaces;
  }

  @Override
  public String upsertSql() {
    return """
        INSERT INTO runs (tenant, run_id, agent_id, status, started_at, last_event_at, ended_at,
          finalized_at, duration_ms, events, events_by_type, errors, model_calls, unpriced_calls, input_tokens,
          output_tokens, cached_input_tokens, cost_usd, models, late_events, duplicates, conflicts,
          revision)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (tenant, run_id) DO UPDATE SET
          agent_id = excluded.agent_id,
          status = excluded.status,
          started_at = excluded.started_at,
          last_event_at = excluded.last_event_at,
          ended_at = excluded.ended_at,
          finalized_at = excluded.finalized_at,
          duration_ms = excluded.duration_ms,
          events = excluded.events,
          events_by_type = excluded.events_by_type,
          errors = excluded.errors,
          model_calls = excluded.model_calls,
          unpriced_calls = excluded.unpriced_calls,
          input_tokens = excluded.input_tokens,
          output_tokens = excluded.output_tokens,
          cached_input_tokens = excluded.cached_input_tokens,
          cost_usd = excluded.cost_usd,
          models = excluded.models,
          late_events = excluded.late_events,
          duplicates = excluded.duplicates,
          conflicts = excluded.conflicts,
          revision = excluded.revision
        WHERE excluded.revision"""
        + (" " + replaces.operator + " runs.revision");
  }

  @Override
  public Object key(RunRow row) {
    return List.of(row.tenant(), row.runId());
  }

  @Override
  public void accept(PreparedStatement statement, RunRow row) throws SQLException {
    new Columns(statement)
        .text(row.tenant())
        .text(row.runId())
        .text(row.agentId())
        .text(row.status())
        .micros(row.startedAtMicros())
        .micros(row.lastEventAtMicros())
        .optionalMicros(row.endedAtMicros())
        .optionalMicros(row.finalizedAtMicros())
        .real(row.durationMs())
        .number(row.events())
        .text(row.eventsByTypeJson())
        .number(row.errors())
        .number(row.modelCalls())
        .number(row.unpricedCalls())
        .number(row.inputTokens())
        .number(row.outputTokens())
        .number(row.cachedInputTokens())
        .real(row.costUsd())
        .texts(row.models())
        .number(row.lateEvents())
        .number(row.duplicates())
        .number(row.conflicts())
        .number(row.events());
  }

  @Override
  public DeadLetter refused(RunRow row, SQLException refusal) {
    return Refusals.ofRow(job, "runs", key(row), row, refusal);
  }
}
