package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Kafka as a process. */
final class KafkaIT {
  private static final String TOPIC = "kept";

  @TempDir private Path folder;
  private TestStack stack;
  private Service kafka;

  @BeforeEach
  void prepare() throws Exception {
    stack = TestStack.in(folder);
    kafka = Parts.kafka(stack.config());
    kafka.start();
    try (Admin admin = Admin.create(common())) {
      admin.createTopics(Set.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  @AfterEach
  void stop() throws Exception {
    kafka.stop();
  }

  @Test
  void keepsItsRecordsFromStartToStart() throws Exception {
    // Given
    send("first");

    // When
    kafka.stop();
    kafka.start();

    // Then
    assertThat(firstRecord()).isEqualTo("first");
  }

  @Test
  void keepsWhatItAcknowledgedWhenItIsKilled() throws Exception {
    // Given
    send("first");

    // When
    kafka.process().orElseThrow().kill();
    kafka.start();

    // Then
    assertThat(firstRecord()).isEqualTo("first");
  }

  @Test
  void keepsItsRecordsOnAnotherPort() throws Exception {
    // Given
    send("first");
    kafka.stop();

    // When
    Map<Setting, String> others = TestStack.in(folder).settings();
    for (Setting port : List.of(Setting.KAFKA_PORT, Setting.KAFKA_CONTROLLER_PORT)) {
      stack = stack.with(port, others.getOrDefault(port, ""));
    }
    kafka = Parts.kafka(stack.config());
    kafka.start();

    // Then
    assertThat(firstRecord()).isEqualTo("first");
  }

  private void send(String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(common(), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, value)).get();
    }
  }

  private String firstRecord() throws Exception {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(common(), new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(TOPIC, 0);
      consumer.assign(Set.of(partition));
      consumer.seekToBeginning(Set.of(partition));
      return consumer.poll(Duration.ofSeconds(30)).iterator().next().value();
    }
  }

  private Map<String, Object> common() throws Exception {
    return Map.of("bootstrap.servers", stack.config().kafka().bootstrapServers());
  }
}
