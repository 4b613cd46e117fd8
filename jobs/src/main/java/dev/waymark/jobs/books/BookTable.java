package dev.waymark.jobs.books;

import dev.waymark.jobs.ports.DeadLetter;
import dev.waymark.jobs.store.Columns;
import dev.waymark.jobs.store.RowTable;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Table {@code job_books}. The last write wins, for a job that starts afresh begins to count again.
 */
public final class BookTable implements RowTable<BookRow> {

  @Override
  public String upsertSql() {
    return """
        INSERT INTO job_books (job, counter, value, checkpoint_id, watermark)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (job, counter) DO UPDATE SET
          value = excluded.value,
          checkpoint_id = excluded.checkpoint_id,
          watermark = excluded.watermark""";
  }

  @Override
  public Object key(BookRow row) {
    return row.counter();
  }

  @Override
  public void accept(PreparedStatement statement, BookRow row) throws SQLException {
    Long watermarkMs = row.watermarkMs();
    new Columns(statement)
        .text(row.job())
        .text(row.counter())
        .number(row.value())
        .number(row.checkpointId())
        .optionalMicros(watermarkMs == null ? null : watermarkMs * 1_000);
  }

  /** Names and numbers of ours: a refusal is a bug of ours. */
  @Override
  public DeadLetter refused(BookRow row, SQLException refusal) {
    throw new IllegalStateException("the database refuses the books: " + row, refusal);
  }
}
