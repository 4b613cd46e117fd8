package dev.waymark.jobs.trail;

import dev.waymark.jobs.ports.DeadLetter;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.store.Columns;
import dev.waymark.jobs.store.Refusals;
import dev.waymark.jobs.store.RowTable;
import dev.waymark.schemas.event.Event;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Table {@code conflicts}. A record never changes, so the first row stays. */
final class ConflictTable implements RowTable<ConflictRow> {
  private final String job;

  ConflictTable(String job) {
    this.job = job;
  }

  @Override
  public String upsertSql() {
    return """
        INSERT INTO conflicts (tenant, run_id, identity, seq, t, agent_id, body, content_sha256,
          kafka_partition, kafka_offset, detected_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (tenant, run_id, identity, kafka_partition, kafka_offset) DO NOTHING""";
  }

  @Override
  public Object key(ConflictRow row) {
    return List.of(row.incoming().partition(), row.incoming().offset());
  }

  @Override
  public void accept(PreparedStatement statement, ConflictRow row) throws SQLException {
    Incoming incoming = row.incoming();
    Event event = incoming.event();
    new Columns(statement)
        .text(event.tenant())
        .text(event.runId())
        .text(event.identity())
        .number(event.seq())
        .micros(event.timeMicros())
        .text(event.agentId())
        .text(new String(event.raw(), StandardCharsets.UTF_8))
        .bytes(row.sha256())
        .number(incoming.partition())
        .number(incoming.offset())
        .millis(incoming.kafkaTimestampMs());
  }

  @Override
  public DeadLetter refused(ConflictRow row, SQLException refusal) {
    return Refusals.ofRecord(job, row.incoming(), refusal);
  }
}
