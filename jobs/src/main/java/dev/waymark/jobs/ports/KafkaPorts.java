package dev.waymark.jobs.ports;

import dev.waymark.jobs.config.ChecksConfig;
import dev.waymark.jobs.config.JobConfig;
import dev.waymark.jobs.config.KafkaConfig;
import dev.waymark.schemas.Topics;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The Kafka side of all jobs. */
public final class KafkaPorts {
  /** Longest record that the events and dead-letter topics take, with room for its headers. */
  private static final int MAX_REQUEST_BYTES = (16 << 20) + (64 << 10);

  private KafkaPorts() {}

  /**
   * The events topic from its begin, or from where the restored checkpoint stood. Without state it
   * does not start at committed offsets: every row comes from all events of its key, and a replay
   * changes none.
   *
   * @param job consumer group, where offsets are committed for others to see, and the name in dead
   *     letters
   * @param checks whose mark on a record is believed
   */
  public static KafkaSource<Incoming> events(String job, JobConfig config, ChecksConfig checks) {
    return eventsBuilder(job, config, checks).build();
  }

  /** The same, but ends at what the topic holds now. */
  public static KafkaSource<Incoming> boundedEvents(String job, JobConfig config) {
    return eventsBuilder(job, config, ChecksConfig.OFF)
        .setBounded(OffsetsInitializer.latest())
        .build();
  }

  private static KafkaSourceBuilder<Incoming> eventsBuilder(
      String job, JobConfig config, ChecksConfig checks) {
    RecordDecoder decoder = new RecordDecoder(job, config.decode(), config.time().clockSkewMs());
    return KafkaSource.<Incoming>builder()
        .setBootstrapServers(config.kafka().bootstrapServers())
        .setTopics(Topics.EVENTS)
        .setGroupId(job)
        .setClientIdPrefix(job)
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .setDeserializer(new KafkaEventSchema(decoder, checks.markSecret()));
  }

  /** Dead letters as records: the bytes as they came, and in the headers what is known of them. */
  public static KafkaSink<DeadLetter> deadLetters(KafkaConfig config) {
    return KafkaSink.<DeadLetter>builder()
        .setBootstrapServers(config.bootstrapServers())
        .setKafkaProducerConfig(producerProperties())
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(new DeadLetterSchema())
        .build();
  }

  /** What every producer of the jobs is set to. */
  public static Properties producerProperties() {
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
    properties.setProperty(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_REQUEST_BYTES));
    return properties;
  }
}
