package dev.waymark.api.ingest;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the configured rules where no rule was ever published, in force from the beginning of
 * time: nothing has been judged before them. Later changes are made by whoever governs the rules,
 * never by a restart.
 */
@Singleton
final class FirstRules {
  private static final Logger LOG = LoggerFactory.getLogger(FirstRules.class);
  private static final TopicPartition PARTITION = new TopicPartition(Topics.RULES, 0);
  private static final int FIRST = 1;

  /** All rules travel in one batch, which the broker takes as a whole or not at all. */
  private static final int BATCH_BYTES = 900_000;

  private static final int LINGER_MS = 1_000;

  private final KafkaBroker kafka;
  private final ApiConfig config;

  FirstRules(KafkaBroker kafka, ApiConfig config) {
    this.kafka = kafka;
    this.config = config;
  }

  void publish() {
    if (!config.firstRules().isEmpty() && isTopicUnused()) {
      write(config.firstRules());
      LOG.atInfo().addKeyValue("rules", config.firstRules().size()).log("first rules published");
    }
  }

  private boolean isTopicUnused() {
    return kafka
            .ask(
                admin ->
                    admin
                        .listOffsets(Map.of(PARTITION, OffsetSpec.latest()))
                        .partitionResult(PARTITION))
            .offset()
        == 0;
  }

  private void write(List<Rule> rules) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Rule rule : rules) {
        RuleChange change = RuleChange.of(rule, FIRST, RuleChange.BEGINNING);
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    Topics.RULES, 0, bytes(change.topicKey()), bytes(change.encode()))));
      }
      producer.flush();
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaUnavailableException("interrupted while publishing the first rules", e);
    } catch (ExecutionException e) {
      throw new KafkaUnavailableException("Kafka does not take the first rules", e);
    }
  }

  private Map<String, Object> settings() {
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

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
