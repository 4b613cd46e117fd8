package dev.waymark.api.gateway;

import dev.waymark.api.config.ApiConfig;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to Kafka and waits until all in-sync replicas have them. Whatever goes wrong, an
 * answer comes within the configured time.
 */
@Singleton
final class EventPublisher {
  /** Of the time there is: for a place in the buffer, and for one request to the broker. */
  private static final int BLOCK_SHARE = 4;

  private static final int MAX_RECORD_BYTES = 2 << 20;

  private final ApiConfig config;
  private @Nullable Producer<byte[], byte[]> producer;

  EventPublisher(ApiConfig config) {
    this.config = config;
  }

  /**
   * Returns once the broker has acknowledged all of them; throws {@link NotAcceptedException} where
   * it has not.
   */
  void publish(List<ProducerRecord<byte[], byte[]>> records) {
    long deadline = System.nanoTime() + Duration.ofMillis(config.ingest().ackTimeoutMs()).toNanos();
    try {
      for (Future<RecordMetadata> sent : sendAll(records)) {
        sent.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotAcceptedException("interrupted while waiting for Kafka", e);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new NotAcceptedException("Kafka has not acknowledged the events; send them again", e);
    }
  }

  /** Stops at the first that finds no place: those behind it would each wait as long. */
  private List<Future<RecordMetadata>> sendAll(List<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
    for (ProducerRecord<byte[], byte[]> record : records) {
      Future<RecordMetadata> last = producer().send(record);
      sent.add(last);
      if (last.isDone() && hasFailed(last)) {
        break;
      }
    }
    return sent;
  }

  private static boolean hasFailed(Future<RecordMetadata> done) {
    try {
      done.get();
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      return true;
    }
  }

  @PreDestroy
  synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ofMillis(config.ingest().ackTimeoutMs()));
    }
  }

  /**
   * Made at the first event: a name that nobody knows yet must not keep the process from starting.
   */
  private synchronized Producer<byte[], byte[]> producer() {
    if (producer == null) {
      producer =
          new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  private Map<String, Object> settings() {
    int block = config.ingest().ackTimeoutMs() / BLOCK_SHARE;
    return Map.ofEntries(
        Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers()),
        Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "waymark-gateway"),
        Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
        Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
        Map.entry(ProducerConfig.LINGER_MS_CONFIG, 1),
        Map.entry(
            ProducerConfig.BUFFER_MEMORY_CONFIG, (long) config.ingest().producerBufferBytes()),
        Map.entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES),
        Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, block),
        Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2 * block),
        Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 3 * block),
        Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, ApiConfig.PATIENCE_MS),
        Map.entry(ProducerConfig.METADATA_MAX_AGE_CONFIG, 10_000));
  }
}
