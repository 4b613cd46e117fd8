package dev.waymark.jobs.backtest;

import dev.waymark.jobs.config.DatabaseConfig;
import dev.waymark.jobs.store.Connections;
import java.io.IOException;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Where a backtest's result comes together; one writer, as the result is one row. */
final class BacktestSink implements Sink<BacktestPart> {
  private final DatabaseConfig database;
  private final Task task;

  BacktestSink(DatabaseConfig database, Task task) {
    this.database = database;
    this.task = task;
  }

  /**
   * What the result is about.
   *
   * @param draft versions by rule id
   * @param live versions by rule id
   * @param maxViolations listed a rule
   */
  record Task(
      String id,
      Map<String, String> draft,
      Map<String, String> live,
      long eventsTotal,
      int maxViolations)
      implements Serializable {
    static Task of(Backtest backtest, int maxViolations) {
      return new Task(
          backtest.id(),
          backtest.draft().versions(),
          backtest.live().versions(),
          backtest.events().count(),
          maxViolations);
    }
  }

  @Override
  public SinkWriter<BacktestPart> createWriter(WriterInitContext context) throws IOException {
    try {
      return new BacktestWriter(Connections.open(database), task);
    } catch (SQLException e) {
      throw new IOException("the database is not reachable", e);
    }
  }
}
