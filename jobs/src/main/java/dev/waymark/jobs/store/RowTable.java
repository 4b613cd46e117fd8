package dev.waymark.jobs.store;

import dev.waymark.jobs.ports.DeadLetter;
import java.sql.SQLException;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;

/**
 * How rows of one kind are written to one table; binding is {@link #accept}. Stateless.
 *
 * @param <T> the row
 */
public interface RowTable<T> extends JdbcStatementBuilder<T> {

  /** An upsert with one VALUES clause of placeholders, which the driver joins to long ones. */
  String upsertSql();

  /**
   * What tells rows apart, with equals and hashCode: of rows with the same key only the last of a
   * batch is written, for PostgreSQL refuses to touch a row twice in one statement.
   */
  Object key(T row);

  /** The row as dead letter, when the database has refused it. */
  DeadLetter refused(T row, SQLException refusal);
}
