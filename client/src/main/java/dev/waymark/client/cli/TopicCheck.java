package dev.waymark.client.cli;

import dev.waymark.client.PublishException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Finds out before the work begins whether Kafka is there and has the topic. */
public final class TopicCheck {
  private TopicCheck() {}

  /** Throws {@link PublishException} saying what is missing and how to get it. */
  public static void require(String bootstrapServers, String topic, Duration timeout)
      throws InterruptedException {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
    try (Admin admin = Admin.create(settings)) {
      admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnknownTopicOrPartitionException
          ? new PublishException(
              "Kafka at "
                  + bootstrapServers
                  + " has no topic "
                  + topic
                  + ": the API creates it, so start the stack first (./waymark up)",
              e)
          : unreachable(bootstrapServers, timeout, e);
    } catch (TimeoutException | KafkaException e) {
      throw unreachable(bootstrapServers, timeout, e);
    }
  }

  private static PublishException unreachable(
      String bootstrapServers, Duration timeout, Exception cause) {
    return new PublishException(
        "no answer from Kafka at "
            + bootstrapServers
            + " within "
            + timeout.toSeconds()
            + " s: is the stack up (./waymark status), and --bootstrap-servers right?",
        cause);
  }
}
