package dev.waymark.jobs.ports;

import dev.waymark.jobs.config.KafkaConfig;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The dead-letter topic for sinks. Refusals are rare, so the producer is made for the first one and
 * every letter is waited for.
 */
public final class KafkaDeadLetterOutlet implements DeadLetterOutlet {
  private final KafkaConfig config;
  private @Nullable KafkaProducer<byte[], byte[]> producer;

  private KafkaDeadLetterOutlet(KafkaConfig config) {
    this.config = config;
  }

  public static Factory factory(KafkaConfig config) {
    return () -> new KafkaDeadLetterOutlet(config);
  }

  @Override
  public void write(DeadLetter letter) throws IOException {
    Future<RecordMetadata> sent = producer().send(DeadLetterSchema.record(letter));
    try {
      sent.get();
    } catch (ExecutionException e) {
      throw new IOException("the dead-letter topic does not take a letter", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while writing a dead letter", e);
    }
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close();
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    if (producer == null) {
      Properties properties = KafkaPorts.producerProperties();
      properties.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
      producer =
          new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
    return producer;
  }
}
