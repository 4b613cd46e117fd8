package dev.waymark.api.ingest;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;

/** Kafka cannot answer now and may later. */
public final class KafkaUnavailableException extends RuntimeException {
  KafkaUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether Kafka did answer, and refused with this. */
  boolean isRefusal(Class<? extends KafkaException> refusal) {
    return getCause() instanceof ExecutionException answer && refusal.isInstance(answer.getCause());
  }
}
