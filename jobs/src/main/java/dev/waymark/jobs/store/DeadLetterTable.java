package dev.waymark.jobs.store;

import dev.waymark.jobs.ports.DeadLetter;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Table {@code dead_letters}. A letter never changes, so the first one stays. */
public final class DeadLetterTable implements RowTable<DeadLetter> {

  @Override
  public String upsertSql() {
    return """
        INSERT INTO dead_letters
          (topic, kafka_partition, kafka_offset, job, reason, detail, raw, detected_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (topic, kafka_partition, kafka_offset, job) DO NOTHING""";
  }

  @Override
  public Object key(DeadLetter row) {
    return List.of(row.topic(), row.partition(), row.offset(), row.job());
  }

  @Override
  public void accept(PreparedStatement statement, DeadLetter row) throws SQLException {
    new Columns(statement)
        .text(row.topic())
        .number(row.partition())
        .number(row.offset())
        .text(row.job())
        .text(row.reason())
        .text(row.detail())
        .bytes(row.raw())
        .millis(row.kafkaTimestampMs());
  }

  /** Their columns are made to be storable: a refusal is a bug of ours. */
  @Override
  public DeadLetter refused(DeadLetter row, SQLException refusal) {
    throw new IllegalStateException("the database refuses a dead letter: " + key(row), refusal);
  }
}
