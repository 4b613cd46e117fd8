package dev.waymark.api.ingest;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.schemas.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the time to every partition of the events topic, so that it moves where nothing happens.
 * While Kafka is away, heartbeats are dropped, not kept: an old one tells nothing that the next
 * does not.
 */
@Singleton
final class HeartbeatWriter {
  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatWriter.class);
  private static final Duration MAX_SILENCE = Duration.ofSeconds(10);
  private static final int DELIVERY_TIMEOUT_MS = 2 * ApiConfig.PATIENCE_MS;

  private final String bootstrapServers;
  private final Clock clock;
  private @Nullable Producer<byte[], byte[]> producer;
  private volatile Instant lastDeliveredAt = Instant.MIN;
  private volatile boolean isFailing;

  HeartbeatWriter(ApiConfig config, Clock clock) {
    this.bootstrapServers = config.kafka().bootstrapServers();
    this.clock = clock;
  }

  /**
   * Writes one heartbeat to each partition, and waits no longer than a beat for the broker's list
   * of them.
   */
  synchronized void beat() {
    byte[] record = record();
    try {
      for (PartitionInfo partition : producer().partitionsFor(Topics.EVENTS)) {
        Future<RecordMetadata> unused =
            producer()
                .send(
                    new ProducerRecord<>(Topics.EVENTS, partition.partition(), null, record),
                    this::noteDelivery);
      }
    } catch (KafkaException e) {
      noteDelivery(null, e);
    }
  }

  @PreDestroy
  synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
  }

  private byte[] record() {
    String now = clock.instant().truncatedTo(ChronoUnit.MICROS).toString();
    return ("{\"type\":\"heartbeat\",\"t\":\"" + now + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  /** Why time does not move; empty while it does. */
  Optional<String> problem() {
    boolean isCurrent = lastDeliveredAt.isAfter(clock.instant().minus(MAX_SILENCE));
    return isCurrent
        ? Optional.empty()
        : Optional.of("no heartbeat was written in the last " + MAX_SILENCE.toSeconds() + " s");
  }

  /** Says when heartbeats stop arriving and when they arrive again, and nothing in between. */
  private void noteDelivery(@Nullable RecordMetadata written, @Nullable Exception problem) {
    if (problem == null) {
      lastDeliveredAt = clock.instant();
    }
    if (problem == null && isFailing) {
      LOG.info("heartbeats arrive again");
    } else if (problem != null && !isFailing) {
      LOG.atWarn()
          .addKeyValue("topic", Topics.EVENTS)
          .addKeyValue("problem", problem.getMessage())
          .log("no heartbeats");
    }
    isFailing = problem != null;
  }

  private Producer<byte[], byte[]> producer() {
    if (producer == null) {
      producer =
          new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  private Map<String, Object> settings() {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        bootstrapServers,
        ProducerConfig.CLIENT_ID_CONFIG,
        "waymark-heartbeats",
        ProducerConfig.ACKS_CONFIG,
        "all",
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
        true,
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        ApiConfig.PATIENCE_MS,
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        ApiConfig.PATIENCE_MS,
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        DELIVERY_TIMEOUT_MS,
        ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
        ApiConfig.PATIENCE_MS,
        ProducerConfig.METADATA_MAX_AGE_CONFIG,
        10_000,
        ProducerConfig.BUFFER_MEMORY_CONFIG,
        1L << 20);
  }
}
