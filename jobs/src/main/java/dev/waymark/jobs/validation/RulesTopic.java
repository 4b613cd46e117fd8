package dev.waymark.jobs.validation;

import dev.waymark.jobs.config.KafkaConfig;
import dev.waymark.jobs.engine.RuleRecord;
import dev.waymark.schemas.Topics;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The rules topic, one compacted partition. Read to its end before the job's graph is built, so
 * that no event is judged before the rules are known, and from there on by the job.
 *
 * @param records what it held
 * @param nextOffset where the job reads on
 */
public record RulesTopic(List<RuleRecord> records, long nextOffset) implements Serializable {
  private static final TopicPartition PARTITION = new TopicPartition(Topics.RULES, 0);
  private static final Duration POLL = Duration.ofMillis(500);

  /** Reads all there is; throws Kafka's exceptions where the topic cannot be read. */
  public static RulesTopic read(KafkaConfig config) {
    Properties properties = new Properties();
    properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
      List<RuleRecord> records = new ArrayList<>();
      while (consumer.position(PARTITION) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
          if (record.value() != null) {
            records.add(new RuleRecord(record.offset(), record.value()));
          }
        }
      }
      return new RulesTopic(records, consumer.position(PARTITION));
    }
  }

  /** What is written to it from {@link #nextOffset} on, or from where a checkpoint stood. */
  KafkaSource<RuleRecord> changes(KafkaConfig config) {
    return KafkaSource.<RuleRecord>builder()
        .setBootstrapServers(config.bootstrapServers())
        .setTopics(Topics.RULES)
        .setGroupId(ValidationTopology.JOB)
        .setClientIdPrefix(ValidationTopology.JOB + "-rules")
        .setStartingOffsets(OffsetsInitializer.offsets(Map.of(PARTITION, nextOffset)))
        .setDeserializer(new Schema())
        .build();
  }

  private static final class Schema implements KafkaRecordDeserializationSchema<RuleRecord> {
    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RuleRecord> out) {
      if (record.value() != null) {
        out.collect(
            new RuleRecord(
                record.offset(),
                new String(record.value(), java.nio.charset.StandardCharsets.UTF_8)));
      }
    }

    @Override
    public TypeInformation<RuleRecord> getProducedType() {
      return TypeInformation.of(RuleRecord.class);
    }
  }
}
