package dev.waymark.jobs.explain;

import dev.waymark.jobs.config.DatabaseConfig;
import dev.waymark.jobs.config.DecodeConfig;
import dev.waymark.jobs.engine.EngineLimits;
import dev.waymark.jobs.engine.RuleRecord;
import dev.waymark.jobs.store.Connections;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Explains the runs whose jobs' ids come in, each into its row. */
final class ExplanationSink implements Sink<String> {
  private final DatabaseConfig database;
  private final DecodeConfig decode;
  private final EngineLimits limits;
  private final List<RuleRecord> rules;
  private final int maxEvents;

  /**
   * @param rules records of the rules topic
   * @param maxEvents that a run may have
   */
  ExplanationSink(
      DatabaseConfig database,
      DecodeConfig decode,
      EngineLimits limits,
      List<RuleRecord> rules,
      int maxEvents) {
    this.database = database;
    this.decode = decode;
    this.limits = limits;
    this.rules = rules;
    this.maxEvents = maxEvents;
  }

  @Override
  public SinkWriter<String> createWriter(WriterInitContext context) {
    return new SinkWriter<>() {
      @Override
      public void write(String id, Context position) throws IOException {
        try (Connection connection = Connections.open(database)) {
          explain(connection, id);
        } catch (SQLException e) {
          throw new IOException("the database does not answer", e);
        }
      }

      @Override
      public void flush(boolean endOfInput) {
        // Nothing is held back.
      }

      @Override
      public void close() {
        // Each explanation has its own connection.
      }
    };
  }

  private void explain(Connection connection, String id) throws SQLException {
    StoredRun run = StoredRun.load(connection, decode, id, maxEvents);
    String explanation = RunExplainer.explain(run.records(), rules, limits, run.asOfMicros());
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE trail_jobs SET state = 'finished', started_at = now(), finished_at = now(),
              events_read = ?, events_total = ?, result = ?::jsonb
            WHERE job_id = ? AND state = 'queued'""")) {
      update.setLong(1, run.records().size());
      update.setLong(2, run.records().size());
      update.setString(3, explanation);
      update.setString(4, id);
      update.executeUpdate();
    }
  }
}
