package dev.waymark.benchmarks.pipeline;

import dev.waymark.jobs.config.JobConfig;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.ports.RawRecord;
import dev.waymark.jobs.ports.RecordDecoder;
import dev.waymark.jobs.trail.EventRow;
import dev.waymark.jobs.trail.EventTable;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.metric.EventCost;
import dev.waymark.schemas.metric.PriceTable;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the trail writes to its largest table, written by a plain loop: the same rows in batches of
 * the same size with the same statement, a transaction each. The rows are ready before it begins,
 * so it neither reads Kafka nor decodes, and it writes no rows of runs.
 */
final class JdbcLoop {
  private static final Duration POLL = Duration.ofMillis(500);

  private final JobConfig config;
  private final EventTable table = new EventTable("jdbc-loop");
  private final List<List<EventRow>> batches;

  private JdbcLoop(JobConfig config, List<List<EventRow>> batches) {
    this.config = config;
    this.batches = batches;
  }

  /** Reads so many events. */
  static JdbcLoop of(JobConfig config, PriceTable prices, long events) throws Exception {
    RecordDecoder decoder =
        new RecordDecoder("jdbc-loop", config.decode(), config.time().clockSkewMs());
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    List<List<EventRow>> batches = new ArrayList<>();
    List<EventRow> batch = new ArrayList<>();
    long read = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(config)) {
      while (read < events) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          Incoming incoming = decoder.decode(raw(record));
          if (incoming.decoded() instanceof Event event && read < events) {
            batch.add(
                new EventRow(incoming, EventCost.of(event, prices), sha256.digest(event.raw())));
            read++;
          }
          if (batch.size() == config.write().batchRows()) {
            batches.add(batch);
            batch = new ArrayList<>();
          }
        }
      }
    }
    batches.add(batch);
    return new JdbcLoop(config, batches);
  }

  /** How many it writes. */
  long rows() {
    return batches.stream().mapToLong(List::size).sum();
  }

  /** Writes all, over so many connections at once. */
  double seconds(int connections) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      long began = System.nanoTime();
      List<Callable<Void>> writers = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int first = i;
        writers.add(() -> write(first, connections));
      }
      for (Future<Void> writer : threads.invokeAll(writers)) {
        writer.get();
      }
      return (System.nanoTime() - began) / 1e9;
    } finally {
      threads.shutdown();
    }
  }

  private Void write(int first, int step) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement upsert = connection.prepareStatement(table.upsertSql())) {
      connection.setAutoCommit(false);
      for (int i = first; i < batches.size(); i += step) {
        for (EventRow row : batches.get(i)) {
          table.accept(upsert, row);
          upsert.addBatch();
        }
        upsert.executeBatch();
        connection.commit();
      }
    }
    return null;
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", config.database().user());
    properties.setProperty("reWriteBatchedInserts", "true");
    return DriverManager.getConnection(config.database().url(), properties);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(JobConfig config) {
    Properties properties = new Properties();
    properties.setProperty(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (PartitionInfo partition : consumer.partitionsFor(Topics.EVENTS)) {
      partitions.add(new TopicPartition(Topics.EVENTS, partition.partition()));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private static RawRecord raw(ConsumerRecord<byte[], byte[]> record) {
    return new RawRecord(
        record.value(), record.topic(), record.partition(), record.offset(), record.timestamp());
  }
}
