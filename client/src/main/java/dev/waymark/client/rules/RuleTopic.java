package dev.waymark.client.rules;

import dev.waymark.client.PublishException;
import dev.waymark.client.cli.Console;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.rule.RuleHistory;
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
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Reads and writes the rules topic: one partition, compacted, keyed by rule and number. */
final class RuleTopic {
  private static final TopicPartition PARTITION = new TopicPartition(Topics.RULES, 0);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;
  private final Console console;

  RuleTopic(String bootstrapServers, Console console) {
    this.bootstrapServers = bootstrapServers;
    this.console = console;
  }

  /** Everything in the topic up to its end. A record that cannot be read is told of and skipped. */
  RuleHistory read() {
    RuleHistory history = new RuleHistory();
    StringDeserializer text = new StringDeserializer();
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false);
    try (Consumer<String, String> consumer = new KafkaConsumer<>(settings, text, text)) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
      while (consumer.position(PARTITION) < end) {
        consumer.poll(POLL).forEach(record -> add(record, history));
      }
    }
    return history;
  }

  /** Writes the changes and waits until they are acknowledged. */
  void write(List<RuleChange> changes) throws InterruptedException {
    StringSerializer text = new StringSerializer();
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (Producer<String, String> producer = new KafkaProducer<>(settings, text, text)) {
      for (RuleChange change : changes) {
        sent.add(
            producer.send(
                new ProducerRecord<>(Topics.RULES, 0, change.topicKey(), change.encode())));
      }
      producer.flush();
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new PublishException("rules: not acknowledged by Kafka: " + e.getCause(), e);
    }
  }

  private void add(ConsumerRecord<String, String> record, RuleHistory history) {
    String value = record.value();
    if (value == null) {
      return;
    }
    try {
      history.add(RuleChange.decode(value));
    } catch (IllegalArgumentException e) {
      console.warn(
          Topics.RULES + " offset " + record.offset() + ": no rule change: " + e.getMessage());
    }
  }
}
