package dev.waymark.jobs.backtest;

import dev.waymark.jobs.backtest.BacktestPart.Side;
import dev.waymark.jobs.store.Columns;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.schemas.violation.ViolationCodec;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import org.apache.flink.api.connector.sink2.SinkWriter;

/**
 * Writes progress as it comes, violations in batches, and at the end of the input the result. A
 * backtest that was cancelled meanwhile stays so.
 */
final class BacktestWriter implements SinkWriter<BacktestPart> {
  private static final int BATCH_ROWS = 500;

  private final Connection connection;
  private final BacktestSink.Task task;
  private final BacktestResult result;
  private final PreparedStatement insert;
  private int batched;

  BacktestWriter(Connection connection, BacktestSink.Task task) throws SQLException {
    this.connection = connection;
    this.task = task;
    this.result = new BacktestResult(task);
    connection.setAutoCommit(false);
    this.insert =
        connection.prepareStatement(
            """
            INSERT INTO backtest_violations (job_id, found_by, rule_id, t, violation_id, violation)
            VALUES (?, ?, ?, ?, ?, ?::jsonb)""");
    start();
  }

  private void start() throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE trail_jobs SET state = 'running', started_at = now(), events_total = ?
            WHERE job_id = ? AND state = 'queued'""")) {
      new Columns(update).number(task.eventsTotal()).text(task.id());
      update.executeUpdate();
    }
    connection.commit();
  }

  @Override
  public void write(BacktestPart part, Context context) throws IOException {
    try {
      write(part);
    } catch (SQLException e) {
      throw new IOException("the database does not take the result", e);
    }
  }

  private void write(BacktestPart part) throws SQLException {
    Violation violation = part.violation();
    if (violation != null) {
      if (result.add(part.side(), violation)) {
        insert(part.side(), violation);
      }
    } else if (part.outcome() != null) {
      result.add(part.side(), part.outcome());
    } else {
      progress(part.eventsRead());
    }
  }

  private void insert(Side side, Violation violation) throws SQLException {
    new Columns(insert)
        .text(task.id())
        .text(side.name().toLowerCase(Locale.ROOT))
        .text(violation.ruleId())
        .micros(violation.timeMicros())
        .text(violation.violationId())
        .text(ViolationCodec.encode(violation));
    insert.addBatch();
    if (++batched == BATCH_ROWS) {
      writeBatch();
    }
  }

  private void progress(long eventsRead) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE trail_jobs SET events_read = ? WHERE job_id = ?")) {
      new Columns(update).number(eventsRead).text(task.id());
      update.executeUpdate();
    }
    connection.commit();
  }

  private void writeBatch() throws SQLException {
    insert.executeBatch();
    connection.commit();
    batched = 0;
  }

  @Override
  public void flush(boolean endOfInput) throws IOException {
    try {
      writeBatch();
      if (endOfInput) {
        finish();
      }
    } catch (SQLException e) {
      throw new IOException("the database does not take the result", e);
    }
  }

  private void finish() throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE trail_jobs SET state = 'finished', finished_at = now(), events_read = events_total, result = ?::jsonb
            WHERE job_id = ? AND state = 'running'""")) {
      new Columns(update).text(result.toJson()).text(task.id());
      update.executeUpdate();
    }
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
