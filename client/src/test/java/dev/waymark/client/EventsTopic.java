package dev.waymark.client;

import dev.waymark.schemas.Topics;
import dev.waymark.testkit.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The events topic of a broker of its own, and what lies in it. */
public final class EventsTopic implements AutoCloseable {
  public static final int PARTITIONS = 4;

  /** Topics of the product take this much, so that oversized events reach the dead letters. */
  private static final String MAX_MESSAGE_BYTES = String.valueOf(16 << 20);

  private final EmbeddedKafka kafka = EmbeddedKafka.start();

  public EventsTopic() {
    kafka.createTopic(Topics.EVENTS, PARTITIONS, Map.of("max.message.bytes", MAX_MESSAGE_BYTES));
  }

  public EmbeddedKafka kafka() {
    return kafka;
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Empties the topic, so that tests can share the broker. */
  public void clear() {
    try (Admin admin = kafka.admin();
        Consumer<byte[], byte[]> consumer = consumer()) {
      Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
      consumer
          .endOffsets(partitions())
          .forEach((p, end) -> all.put(p, RecordsToDelete.beforeOffset(end)));
      admin.deleteRecords(all).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the topic cannot be emptied", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Everything in the topic, partition by partition, each in order. */
  public List<Written> readAll() {
    List<TopicPartition> partitions = partitions();
    List<Written> records = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      while (!isRead(consumer, ends)) {
        consumer.poll(Duration.ofMillis(100)).forEach(r -> records.add(written(r)));
      }
    }
    records.sort(
        (a, b) ->
            a.partition() != b.partition()
                ? Integer.compare(a.partition(), b.partition())
                : Long.compare(a.offset(), b.offset()));
    return records;
  }

  @Override
  public void close() {
    kafka.close();
  }

  private Consumer<byte[], byte[]> consumer() {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers(),
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest"),
        bytes,
        bytes);
  }

  private static List<TopicPartition> partitions() {
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new TopicPartition(Topics.EVENTS, i));
    }
    return partitions;
  }

  private static boolean isRead(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
  }

  private static Written written(ConsumerRecord<byte[], byte[]> record) {
    String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    return new Written(
        record.partition(),
        record.offset(),
        key,
        new String(record.value(), StandardCharsets.UTF_8));
  }

  /** One record. */
  public record Written(int partition, long offset, @Nullable String key, String value) {}
}
