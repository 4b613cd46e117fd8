package dev.waymark.api.ingest;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.rule.RuleHistory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and writes the rules topic: one partition, compacted, keyed by rule and number. Throws
 * {@link KafkaUnavailableException} where the broker does not answer.
 */
@Singleton
final class RuleTopic {
  private static final Logger LOG = LoggerFactory.getLogger(RuleTopic.class);
  private static final TopicPartition PARTITION = new TopicPartition(Topics.RULES, 0);
  private static final Duration POLL = Duration.ofMillis(200);

  /** All changes travel in one batch, which the broker takes as a whole or not at all. */
  private static final int BATCH_BYTES = 900_000;

  private static final int LINGER_MS = 1_000;

  private final ApiConfig config;

  RuleTopic(ApiConfig config) {
    this.config = config;
  }

  /** Everything in the topic up to its end. A record that cannot be read is logged and skipped. */
  RuleHistory read() {
    RuleHistory history = new RuleHistory();
    StringDeserializer text = new StringDeserializer();
    try (Consumer<String, String> consumer = new KafkaConsumer<>(consumerSettings(), text, text)) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
      while (consumer.position(PARTITION) < end) {
        consumer.poll(POLL).forEach(record -> add(record, history));
      }
    } catch (KafkaException e) {
      throw new KafkaUnavailableException("Kafka does not show the rules", e);
    }
    return history;
  }

  /** Returns once the broker has acknowledged all of them. */
  void write(List<RuleChange> changes) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (Producer<String, String> producer =
        new KafkaProducer<>(producerSettings(), new StringSerializer(), new StringSerializer())) {
      for (RuleChange change : changes) {
        sent.add(
            producer.send(
                new ProducerRecord<>(Topics.RULES, 0, change.topicKey(), change.encode())));
      }
      producer.flush();
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaUnavailableException("interrupted while publishing rules", e);
    } catch (ExecutionException | KafkaException e) {
      throw new KafkaUnavailableException("Kafka does not take the rules", e);
    }
  }

  private static void add(ConsumerRecord<String, String> record, RuleHistory history) {
    String value = record.value();
    if (value == null) {
      return;
    }
    try {
      history.add(RuleChange.decode(value));
    } catch (IllegalArgumentException e) {
      LOG.atWarn().addKeyValue("offset", record.offset()).log("no rule change: {}", e.getMessage());
    }
  }

  private Map<String, Object> consumerSettings() {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        config.kafka().bootstrapServers(),
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        ApiConfig.PATIENCE_MS);
  }

  private Map<String, Object> producerSettings() {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        config.kafka().bootstrapServers(),
        ProducerConfig.ACKS_CONFIG,
        "all",
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
        true,
        ProducerConfig.BATCH_SIZE_CONFIG,
        BATCH_BYTES,
        ProducerConfig.LINGER_MS_CONFIG,
        LINGER_MS,
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        ApiConfig.PATIENCE_MS);
  }
}
