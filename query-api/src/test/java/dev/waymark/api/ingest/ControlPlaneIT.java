package dev.waymark.api.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.api.ApiServer;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.Heartbeat;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.testkit.Await;
import dev.waymark.testkit.EmbeddedDatabase;
import dev.waymark.testkit.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first process to come up: it makes what the others stand on, whatever comes first and goes
 * away.
 */
class ControlPlaneIT {
  private static final String RULES =
      """
      version: 1
      rules:
        - id: ends-with-an-answer
          kind: missing_step
          template: existence
          activation: { type: final_output }
        - id: no-runaway-loop
          kind: frequency
          template: absence
          activation: { type: action_request }
          n: 21
          window: PT60S
      """;

  @TempDir private Path directory;

  private EmbeddedKafka kafka;
  private EmbeddedDatabase database;

  @BeforeEach
  void start() {
    kafka = EmbeddedKafka.start();
    database = EmbeddedDatabase.empty();
  }

  @AfterEach
  void stop() {
    database.close();
    kafka.close();
  }

  @Test
  void setsUpTablesTopicsAndFirstRules() throws Exception {
    // When
    try (ApiServer api = ApiServer.start(environment("log"))) {
      Await.until("health", () -> api.get("/health").statusCode() == 200);

      // Then
      assertThat(api.get("/api/v1/runs").statusCode()).isEqualTo(200);
      assertThat(partitions())
          .isEqualTo(
              Map.of(
                  Topics.EVENTS,
                  3,
                  Topics.RULES,
                  1,
                  Topics.VIOLATIONS,
                  4,
                  Topics.REFUSED_EVENTS,
                  4,
                  Topics.DEAD_LETTERS,
                  1));
      assertThat(setting(Topics.EVENTS, "max.message.bytes")).isEqualTo("16777216");
      assertThat(setting(Topics.EVENTS, "message.timestamp.type")).isEqualTo("LogAppendTime");
      assertThat(setting(Topics.RULES, "cleanup.policy")).isEqualTo("compact");
      assertThat(rules())
          .extracting(
              change -> change.ruleId() + "/" + change.number() + "@" + change.effectiveAtMicros())
          .containsExactly(
              "ends-with-an-answer/1@" + RuleChange.BEGINNING,
              "no-runaway-loop/1@" + RuleChange.BEGINNING);
    }
  }

  @Test
  void leavesRulesAloneThatWerePublishedBefore() throws Exception {
    // Given
    try (ApiServer api = ApiServer.start(environment("log"))) {
      Await.until("health", () -> api.get("/health").statusCode() == 200);
    }

    // When
    try (ApiServer api = ApiServer.start(environment("log"))) {
      Await.until("health", () -> api.get("/health").statusCode() == 200);

      // Then
      assertThat(rules()).hasSize(2);
      assertThat(read(Topics.EVENTS, 3)).isEmpty();
    }
  }

  @Test
  void keepsTimeMovingInEveryPartitionThoughKafkaGoesAway() throws Exception {
    try (ApiServer api = ApiServer.start(environment("live"))) {
      Await.until("heartbeats", () -> api.get("/health").statusCode() == 200);

      // When
      kafka.stop();
      Await.until(
          "health that names Kafka", () -> api.get("/health").body().contains("does not answer"));
      kafka.restart();

      // Then
      Await.until("health", () -> api.get("/health").statusCode() == 200);
      List<ConsumerRecord<byte[], byte[]>> records = read(Topics.EVENTS, 3);
      assertThat(records).extracting(ConsumerRecord::partition).contains(0, 1, 2);
      EventCodec codec = new EventCodec(EventLimits.DEFAULT);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        assertThat(codec.decode(record.value())).isInstanceOf(Heartbeat.class);
      }
    }
  }

  @Test
  void comesUpBeforeTheOthers() {
    // Given
    kafka.stop();
    database.refuseConnections();
    try (ApiServer api = ApiServer.start(environment("live"))) {
      assertThat(api.get("/health").statusCode()).isEqualTo(503);

      // When
      kafka.restart();
      database.allowConnections();

      // Then
      Await.until("health", () -> api.get("/health").statusCode() == 200);
    }
  }

  private Map<String, String> environment(String time) {
    Path rules = directory.resolve("rules.yaml");
    write(rules);
    return Map.of(
        "WAYMARK_DB_URL", database.url(),
        "WAYMARK_DB_USER", database.user(),
        "WAYMARK_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
        "WAYMARK_KAFKA_EVENT_PARTITIONS", "3",
        "WAYMARK_RULES_FILE", rules.toString(),
        "WAYMARK_TIME", time);
  }

  private static void write(Path rules) {
    try {
      Files.writeString(rules, RULES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Integer> partitions() throws Exception {
    try (Admin admin = kafka.admin()) {
      Map<String, Integer> partitions = new HashMap<>();
      Map<String, TopicDescription> topics =
          admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get();
      topics.forEach((name, topic) -> partitions.put(name, topic.partitions().size()));
      return partitions;
    }
  }

  private String setting(String topic, String name) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = kafka.admin()) {
      Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      return config.get(name).value();
    }
  }

  private List<RuleChange> rules() {
    return read(Topics.RULES, 1).stream()
        .map(record -> RuleChange.decode(new String(record.value(), StandardCharsets.UTF_8)))
        .toList();
  }

  /** Everything in the topic. */
  private List<ConsumerRecord<byte[], byte[]>> read(String topic, int partitionCount) {
    List<TopicPartition> partitions =
        IntStream.range(0, partitionCount)
            .mapToObj(number -> new TopicPartition(topic, number))
            .toList();
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }
}
