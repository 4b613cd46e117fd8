package dev.waymark.jobs;

import dev.waymark.jobs.config.JobConfig;
import dev.waymark.jobs.config.Settings;
import dev.waymark.schemas.Topics;
import dev.waymark.testkit.EmbeddedDatabase;
import dev.waymark.testkit.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A real broker with Waymark's topics and a real database, for one test class. */
public final class Pipeline implements AutoCloseable {
  public static final int EVENT_PARTITIONS = 3;

  private static final String MAX_MESSAGE_BYTES = Integer.toString(16 << 20);

  public final EmbeddedKafka kafka = EmbeddedKafka.start();
  public final EmbeddedDatabase database = EmbeddedDatabase.migrated();
  private final KafkaProducer<byte[], byte[]> producer;

  public Pipeline() {
    Map<String, String> large = Map.of("max.message.bytes", MAX_MESSAGE_BYTES);
    kafka.createTopic(Topics.EVENTS, EVENT_PARTITIONS, large);
    kafka.createTopic(Topics.DEAD_LETTERS, 1, large);
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", kafka.bootstrapServers());
    settings.put("acks", "all");
    settings.put("max.request.size", 16 << 20);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Flags that point a job at this broker and database. */
  public Settings settings(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--kafka.bootstrap-servers", kafka.bootstrapServers(),
                "--db.url", database.url(),
                "--db.user", database.user()));
    args.addAll(List.of(more));
    return new Settings(args.toArray(String[]::new), Map.of());
  }

  public JobConfig jobConfig(String... more) {
    return JobConfig.from(settings(more));
  }

  /** Flink as flink-conf sets it up, with checkpoints often enough for a test. */
  public static StreamExecutionEnvironment flink(int parallelism) {
    Configuration config = new Configuration();
    config.setString("state.backend.type", "rocksdb");
    config.setString("execution.checkpointing.interval", "300 ms");
    config.setString("execution.checkpointing.incremental", "true");
    config.setString("pipeline.auto-generate-uids", "false");
    config.setString("pipeline.generic-types", "false");
    config.setString("pipeline.max-parallelism", "128");
    config.setString("parallelism.default", Integer.toString(parallelism));
    config.setString("restart-strategy.type", "exponential-delay");
    config.setString("restart-strategy.exponential-delay.initial-backoff", "100 ms");
    return StreamExecutionEnvironment.getExecutionEnvironment(config);
  }

  /** Publishes with the partition that the key gives; without key round robin. */
  public void publish(@Nullable String key, byte[] value) {
    producer.send(
        new ProducerRecord<>(
            Topics.EVENTS, key == null ? null : key.getBytes(StandardCharsets.UTF_8), value));
  }

  /** Publishes without key, with headers. */
  public void publish(byte[] value, Map<String, byte[]> headers) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.EVENTS, value);
    headers.forEach(record.headers()::add);
    producer.send(record);
  }

  /** Publishes to another topic. */
  public void publishTo(String topic, String key, byte[] value) {
    producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
  }

  public void publish(String key, String json) {
    publish(key, json.getBytes(StandardCharsets.UTF_8));
  }

  /** Publishes to every partition, as heartbeats are. */
  public void publishToAll(String json) {
    for (int partition = 0; partition < EVENT_PARTITIONS; partition++) {
      producer.send(
          new ProducerRecord<>(
              Topics.EVENTS, partition, null, json.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Waits until the broker has all. */
  public void flush() {
    producer.flush();
  }

  /** Rows as their columns joined by {@code |}; null is an empty column. */
  public List<String> query(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int column = 1; column <= columns; column++) {
          String value = result.getString(column);
          row.append(column == 1 ? "" : "|").append(value == null ? "" : value);
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  /** The one number that a query gives. */
  public long number(String sql) throws SQLException {
    return Long.parseLong(query(sql).get(0));
  }

  /** A counter of the books at the last checkpoint; 0 before the first. */
  public long book(String job, String counter) throws SQLException {
    return number(
        "SELECT coalesce(sum(value), 0) FROM job_books WHERE job = '%s' AND counter = '%s'"
            .formatted(job, counter));
  }

  @Override
  public void close() {
    producer.close();
    kafka.close();
    database.close();
  }
}
