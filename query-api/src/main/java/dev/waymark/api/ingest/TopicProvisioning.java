package dev.waymark.api.ingest;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.schemas.Topics;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics that are missing. What exists is left as its operator made it. The number of
 * replicas is the broker's default.
 */
@Singleton
final class TopicProvisioning {
  private static final Logger LOG = LoggerFactory.getLogger(TopicProvisioning.class);

  /** Far above what an event may have, so that oversized ones get as far as the dead letters. */
  private static final int MAX_EVENT_BYTES = 16 << 20;

  /** A dead letter is the record as it came and what is known of it, in headers. */
  private static final int MAX_DEAD_LETTER_BYTES = MAX_EVENT_BYTES + (1 << 20);

  /** What the gateway writes at most. */
  private static final int MAX_REFUSED_BYTES = 2 << 20;

  private static final int VIOLATION_PARTITIONS = 4;

  private final KafkaBroker kafka;
  private final int eventPartitions;

  TopicProvisioning(KafkaBroker kafka, ApiConfig config) {
    this.kafka = kafka;
    this.eventPartitions = config.kafka().eventPartitions();
  }

  void provision() {
    Set<String> existing = kafka.ask(admin -> admin.listTopics().names());
    List<NewTopic> missing =
        topics().stream().filter(topic -> !existing.contains(topic.name())).toList();
    for (NewTopic topic : missing) {
      create(topic);
    }
  }

  private void create(NewTopic topic) {
    try {
      kafka.ask((Admin admin) -> admin.createTopics(List.of(topic)).all());
      LOG.atInfo()
          .addKeyValue("topic", topic.name())
          .addKeyValue("partitions", topic.numPartitions())
          .log("topic created");
    } catch (KafkaUnavailableException e) {
      // Another process that starts at the same time was faster.
      if (!e.isRefusal(TopicExistsException.class)) {
        throw e;
      }
    }
  }

  private List<NewTopic> topics() {
    return List.of(
        // The broker's clock stamps events: a producer's own could hide that the event is ahead of
        // its time, and
        // history that is sent today would be too old to be kept.
        topic(Topics.EVENTS, eventPartitions)
            .configs(
                Map.of(
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    String.valueOf(MAX_EVENT_BYTES),
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                    "LogAppendTime")),
        topic(Topics.RULES, 1)
            .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)),
        topic(Topics.VIOLATIONS, VIOLATION_PARTITIONS).configs(Map.of()),
        topic(Topics.REFUSED_EVENTS, VIOLATION_PARTITIONS)
            .configs(
                Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(MAX_REFUSED_BYTES))),
        topic(Topics.DEAD_LETTERS, 1)
            .configs(
                Map.of(
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(MAX_DEAD_LETTER_BYTES))));
  }

  private static NewTopic topic(String name, int partitions) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty());
  }
}
