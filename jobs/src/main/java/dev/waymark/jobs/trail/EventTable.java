package dev.waymark.jobs.trail;

import dev.waymark.jobs.ports.DeadLetter;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.store.Columns;
import dev.waymark.jobs.store.Refusals;
import dev.waymark.jobs.store.RowTable;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Usage;
import dev.waymark.schemas.metric.EventCost;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Table {@code events}. What was written stays, so a replay changes nothing; only an action that
 * was not known is added.
 */
public final class EventTable implements RowTable<EventRow> {
  private final String job;

  public EventTable(String job) {
    this.job = job;
  }

  @Override
  public String upsertSql() {
    return """
        INSERT INTO events (tenant, run_id, t, seq, identity, actor, type, agent_id, action, call_id,
          status, resource, model, provider, user_id, session_id, trace_id, input_tokens,
          output_tokens, cached_input_tokens, cache_write_input_tokens, cost_usd, cost_source,
          latency_ms, gen_latency_ms, late, clock_skew, body, content_sha256, kafka_partition,
          kafka_offset)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (tenant, run_id, t, seq, identity) DO UPDATE SET action = excluded.action
        WHERE events.action IS NULL AND excluded.action IS NOT NULL""";
  }

  @Override
  public Object key(EventRow row) {
    return new Key(row.incoming().partition(), row.incoming().offset());
  }

  /** A record makes one row; the second form of it is in the same place. */
  private record Key(int partition, long offset) {}

  @Override
  public void accept(PreparedStatement statement, EventRow row) throws SQLException {
    Incoming incoming = row.incoming();
    Event event = incoming.event();
    Columns columns =
        new Columns(statement)
            .text(event.tenant())
            .text(event.runId())
            .micros(event.timeMicros())
            .number(event.seq())
            .text(event.identity())
            .text(event.actor())
            .text(event.type())
            .text(event.agentId())
            .text(event.action())
            .text(event.callId())
            .text(event.status())
            .text(event.resource())
            .text(event.model())
            .text(event.provider())
            .text(event.userId())
            .text(event.sessionId())
            .text(event.traceId());
    bindCall(columns, row);
    columns
        .optionalReal(event.latencyMs())
        .optionalReal(event.genLatencyMs())
        .flag(incoming.isLate())
        .flag(incoming.clockSkew())
        .text(new String(event.raw(), StandardCharsets.UTF_8))
        .bytes(row.sha256())
        .number(incoming.partition())
        .number(incoming.offset());
  }

  private static void bindCall(Columns columns, EventRow row) throws SQLException {
    Usage usage = row.incoming().event().usage();
    EventCost cost = row.cost();
    columns
        .optionalNumber(usage == null ? null : usage.inputTokens())
        .optionalNumber(usage == null ? null : usage.outputTokens())
        .optionalNumber(usage == null ? null : usage.cachedInputTokens())
        .optionalNumber(usage == null ? null : usage.cacheWriteInputTokens())
        .optionalReal(cost == null || !cost.isKnown() ? null : cost.usd())
        .text(cost == null ? null : cost.source().code());
  }

  @Override
  public DeadLetter refused(EventRow row, SQLException refusal) {
    return Refusals.ofRecord(job, row.incoming(), refusal);
  }
}
