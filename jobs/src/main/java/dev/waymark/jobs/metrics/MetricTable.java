package dev.waymark.jobs.metrics;

import dev.waymark.jobs.ports.DeadLetter;
import dev.waymark.jobs.store.Columns;
import dev.waymark.jobs.store.Refusals;
import dev.waymark.jobs.store.RowTable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** One of the metrics tables. A row never gives way to one that counts fewer events. */
final class MetricTable implements RowTable<MetricRow> {
  private final String job;
  private final String table;

  MetricTable(String job, String table) {
    this.job = job;
    this.table = table;
  }

  @Override
  public String upsertSql() {
    return "INSERT INTO "
        + table
        + """
         AS old (tenant, agent_id, model, action, bucket, events, reasoning, action_requests,
          action_responses, final_outputs, error_events, environments, errors, model_calls,
          priced_calls, unpriced_calls, input_tokens, output_tokens, cached_input_tokens,
          cache_write_input_tokens, cost_usd, latency_sketch, gen_latency_sketch, revision)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (tenant, agent_id, model, action, bucket) DO UPDATE SET
          events = excluded.events,
          reasoning = excluded.reasoning,
          action_requests = excluded.action_requests,
          action_responses = excluded.action_responses,
          final_outputs = excluded.final_outputs,
          error_events = excluded.error_events,
          environments = excluded.environments,
          errors = excluded.errors,
          model_calls = excluded.model_calls,
          priced_calls = excluded.priced_calls,
          unpriced_calls = excluded.unpriced_calls,
          input_tokens = excluded.input_tokens,
          output_tokens = excluded.output_tokens,
          cached_input_tokens = excluded.cached_input_tokens,
          cache_write_input_tokens = excluded.cache_write_input_tokens,
          cost_usd = excluded.cost_usd,
          latency_sketch = excluded.latency_sketch,
          gen_latency_sketch = excluded.gen_latency_sketch,
          revision = excluded.revision
        WHERE excluded.revision >= old.revision""";
  }

  @Override
  public Object key(MetricRow row) {
    return List.of(row.key(), row.bucketMs());
  }

  @Override
  public void accept(PreparedStatement statement, MetricRow row) throws SQLException {
    Columns columns =
        new Columns(statement)
            .text(row.key().tenant())
            .text(row.key().agentId())
            .text(row.key().model())
            .text(row.key().action())
            .micros(row.bucketMs() * 1_000)
            .number(row.events());
    for (long count : row.eventsByType()) {
      columns.number(count);
    }
    columns
        .number(row.errors())
        .number(row.modelCalls())
        .number(row.pricedCalls())
        .number(row.modelCalls() - row.pricedCalls())
        .number(row.inputTokens())
        .number(row.outputTokens())
        .number(row.cachedInputTokens())
        .number(row.cacheWriteInputTokens())
        .real(row.costUsd())
        .bytes(row.latencySketch())
        .bytes(row.genLatencySketch())
        .number(row.events());
  }

  @Override
  public DeadLetter refused(MetricRow row, SQLException refusal) {
    return Refusals.ofRow(job, table, key(row), row, refusal);
  }
}
