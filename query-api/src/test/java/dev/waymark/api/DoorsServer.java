package dev.waymark.api;

import dev.waymark.schemas.Topics;
import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.UndecodableException;
import dev.waymark.testkit.Await;
import dev.waymark.testkit.EmbeddedDatabase;
import dev.waymark.testkit.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The API with a broker and a database of its own, and what it wrote to the events topic. */
public final class DoorsServer implements AutoCloseable {
  private static final EventCodec CODEC = new EventCodec(EventLimits.DEFAULT);

  private final EmbeddedKafka kafka = EmbeddedKafka.start();
  private final EmbeddedDatabase database = EmbeddedDatabase.migrated();
  private final ApiServer api;

  /** Returns once it takes events; large payloads go to that folder. */
  public DoorsServer(Path objects, Map<String, String> environment) {
    Map<String, String> complete = new HashMap<>(environment);
    complete.put("WAYMARK_DB_URL", database.url());
    complete.put("WAYMARK_DB_USER", database.user());
    complete.put("WAYMARK_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    complete.put("WAYMARK_KAFKA_EVENT_PARTITIONS", "1");
    complete.put("WAYMARK_TIME", "log");
    complete.putIfAbsent("WAYMARK_OBJECTS_LOCATION", objects.toString());
    api = ApiServer.start(complete);
    Await.until("health", () -> api.get("/health").statusCode() == 200);
  }

  public ApiServer api() {
    return api;
  }

  public EmbeddedKafka kafka() {
    return kafka;
  }

  public EmbeddedDatabase database() {
    return database;
  }

  /** All records of the events topic, in order. */
  public List<ConsumerRecord<byte[], byte[]>> records() {
    TopicPartition partition = new TopicPartition(Topics.EVENTS, 0);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** The records from that one on, as the jobs read them. */
  public List<Decoded> decodedFrom(int first) {
    List<ConsumerRecord<byte[], byte[]>> all = records();
    return all.subList(first, all.size()).stream().map(one -> decoded(one.value())).toList();
  }

  private static Decoded decoded(byte[] record) {
    try {
      return CODEC.decode(record);
    } catch (UndecodableException e) {
      throw new AssertionError("the topic holds what no job can read: " + e.detail(), e);
    }
  }

  @Override
  public void close() {
    api.close();
    kafka.close();
    database.close();
  }
}
