package dev.waymark.api.ingest;

import dev.waymark.api.config.ApiConfig;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.jspecify.annotations.Nullable;

/**
 * Questions and orders to Kafka's brokers. They may be away when the process starts and at any time
 * later; a call then fails with {@link KafkaUnavailableException} after {@link
 * ApiConfig#PATIENCE_MS} and the next one tries again.
 */
@Singleton
public final class KafkaBroker {
  private final String bootstrapServers;
  private @Nullable Admin admin;

  public KafkaBroker(ApiConfig config) {
    this.bootstrapServers = config.kafka().bootstrapServers();
  }

  /** Asks and waits for the answer. */
  public <T> T ask(Function<Admin, KafkaFuture<T>> question) {
    try {
      return question.apply(admin()).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaUnavailableException("interrupted while asking Kafka", e);
    } catch (ExecutionException e) {
      throw new KafkaUnavailableException("Kafka at " + bootstrapServers + " does not answer", e);
    } catch (KafkaException e) {
      // Such as a name that nobody knows yet: the client is not even created then.
      throw new KafkaUnavailableException("Kafka at " + bootstrapServers + " is not known", e);
    }
  }

  @PreDestroy
  synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }

  private synchronized Admin admin() {
    if (admin == null) {
      admin =
          Admin.create(
              Map.of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                  AdminClientConfig.CLIENT_ID_CONFIG, "waymark-query-api",
                  AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ApiConfig.PATIENCE_MS,
                  AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ApiConfig.PATIENCE_MS,
                  AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, ApiConfig.PATIENCE_MS));
    }
    return admin;
  }
}
