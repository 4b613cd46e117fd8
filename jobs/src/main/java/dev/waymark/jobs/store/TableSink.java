package dev.waymark.jobs.store;

import dev.waymark.jobs.config.DatabaseConfig;
import dev.waymark.jobs.config.WriteConfig;
import dev.waymark.jobs.ports.DeadLetterOutlet;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;

/**
 * Writes rows to a table, at least once: a checkpoint completes only when all rows before it are
 * committed, and after a restart rows are written again, which upserts make harmless.
 *
 * <p>A batch is one transaction. Rows that the database refuses (SQLState 22, 23, 54) are found by
 * halving the batch and become dead letters, in the table and in {@code refused}; the others are
 * written. A database that is away is tried again on the spot, then the job restarts.
 */
public final class TableSink<T> implements Sink<T> {

  private final DatabaseConfig database;
  private final WriteConfig write;
  private final RowTable<T> table;
  private final DeadLetterOutlet.Factory refused;

  public TableSink(
      DatabaseConfig database,
      WriteConfig write,
      RowTable<T> table,
      DeadLetterOutlet.Factory refused) {
    this.database = database;
    this.write = write;
    this.table = table;
    this.refused = refused;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    Connections.forgetDriver();
    BatchWriter<T> batches =
        new BatchWriter<>(
            new SimpleJdbcConnectionProvider(connectionOptions()),
            table,
            write.retries(),
            refused.open(),
            context.metricGroup().addGroup("waymark").counter("numRowsRefused"));
    return new TableWriter<>(
        table, write, batches, context.getProcessingTimeService(), context.metricGroup());
  }

  private JdbcConnectionOptions connectionOptions() {
    JdbcConnectionOptions.JdbcConnectionOptionsBuilder options =
        new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
            .withUrl(database.url())
            .withDriverName(Connections.DRIVER);
    Properties properties = new Properties();
    properties.setProperty("user", database.user());
    properties.setProperty("password", database.password());
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "waymark " + table.getClass().getSimpleName());
    properties
        .stringPropertyNames()
        .forEach(n -> options.withProperty(n, properties.getProperty(n)));
    return options.build();
  }
}
