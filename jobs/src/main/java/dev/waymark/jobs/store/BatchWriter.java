package dev.waymark.jobs.store;

import dev.waymark.jobs.ports.DeadLetter;
import dev.waymark.jobs.ports.DeadLetterOutlet;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes batches, each in one transaction, and sorts out the rows that the database refuses. */
final class BatchWriter<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final long FIRST_RETRY_MS = 100;

  /** Data exception, integrity constraint, program limit: the row is at fault, not the world. */
  private static final Set<String> REFUSALS = Set.of("22", "23", "54");

  /**
   * Connection, rollback (deadlock), resources, closed for now, operator intervention: may pass.
   */
  private static final Set<String> PASSING = Set.of("08", "40", "53", "55", "57");

  private final JdbcConnectionProvider connections;
  private final RowTable<T> table;
  private final DeadLetterTable deadLetters = new DeadLetterTable();
  private final int retries;
  private final DeadLetterOutlet refused;
  private final Counter numRowsRefused;
  private @Nullable PreparedStatement upsert;

  BatchWriter(
      JdbcConnectionProvider connections,
      RowTable<T> table,
      int retries,
      DeadLetterOutlet refused,
      Counter numRowsRefused) {
    this.connections = connections;
    this.table = table;
    this.retries = retries;
    this.refused = refused;
    this.numRowsRefused = numRowsRefused;
  }

  /** Returns when every row is committed or a dead letter. Rows have different keys. */
  void write(List<T> rows) throws IOException, InterruptedException {
    for (int attempt = 0; ; attempt++) {
      try {
        writeOrHalve(rows);
        return;
      } catch (SQLException e) {
        reset();
        if (attempt == retries || !PASSING.contains(stateClass(e))) {
          throw new IOException("the database does not take rows: " + table.upsertSql(), e);
        }
        LOG.atWarn()
            .addKeyValue("attempt", attempt + 1)
            .addKeyValue("sqlState", e.getSQLState())
            .log("database away, trying again");
        Thread.sleep(FIRST_RETRY_MS << (2 * attempt));
      }
    }
  }

  @Override
  public void close() {
    reset();
    refused.close();
  }

  private void writeOrHalve(List<T> rows) throws SQLException, IOException {
    try {
      writeTogether(rows);
    } catch (SQLException e) {
      if (!REFUSALS.contains(stateClass(e))) {
        throw e;
      }
      connection().rollback();
      if (rows.size() == 1) {
        refuse(table.refused(rows.get(0), e));
      } else {
        writeOrHalve(rows.subList(0, rows.size() / 2));
        writeOrHalve(rows.subList(rows.size() / 2, rows.size()));
      }
    }
  }

  private void writeTogether(List<T> rows) throws SQLException, IOException {
    PreparedStatement statement = upsert();
    statement.clearBatch();
    for (T row : rows) {
      table.accept(statement, row);
      statement.addBatch();
    }
    statement.executeBatch();
    connection().commit();
  }

  private void refuse(DeadLetter letter) throws SQLException, IOException {
    numRowsRefused.inc();
    try (PreparedStatement insert = connection().prepareStatement(deadLetters.upsertSql())) {
      deadLetters.accept(insert, letter);
      insert.executeUpdate();
    }
    connection().commit();
    refused.write(letter);
  }

  private PreparedStatement upsert() throws SQLException, IOException {
    if (upsert == null) {
      upsert = connection().prepareStatement(table.upsertSql());
    }
    return upsert;
  }

  private Connection connection() throws SQLException, IOException {
    Connection connection = connections.getConnection();
    if (connection != null) {
      return connection;
    }
    try {
      Connection established = connections.getOrEstablishConnection();
      established.setAutoCommit(false);
      return established;
    } catch (ClassNotFoundException e) {
      throw new IOException("no JDBC driver in the job jar", e);
    }
  }

  /** Whatever state the connection is in, the next attempt begins with a new one. */
  private void reset() {
    upsert = null;
    connections.closeConnection();
  }

  private static String stateClass(SQLException e) {
    String state = e.getSQLState();
    return state == null || state.length() < 2 ? "" : state.substring(0, 2);
  }
}
