package dev.waymark.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.schemas.Topics;
import dev.waymark.schemas.rule.Mode;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.testkit.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesIT {
  private static final String LIMIT =
      """
      version: 1
      rules:
        - id: limit
          kind: frequency
          template: absence
          activation: { type: action_request }
          n: %d
      """;

  @TempDir private Path directory;
  private EmbeddedKafka kafka;

  @BeforeEach
  void start() {
    kafka = EmbeddedKafka.start();
    kafka.createTopic(Topics.RULES, 1, Map.of("cleanup.policy", "compact"));
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  @Test
  void theDefaultRulesComeIntoForceOnce() {
    // When
    String file = Repository.file("flink-conf/rules.yaml").toString();
    CommandRun first = rules("apply", "-f", file);
    CommandRun again = rules("apply", "-f", file);
    CommandRun list = rules("list");

    // Then
    assertThat(first.exit()).isZero();
    assertThat(first.out()).endsWith("10 changed, 0 as they were\n");
    assertThat(again.out()).isEqualTo("0 changed, 10 as they were\n");
    assertThat(list.out().lines()).hasSize(11);
    assertThat(list.out()).contains("no-runaway-loop", "tests-before-commit");
    assertThat(written()).hasSize(10).allMatch(change -> change.number() == 1);
  }

  @Test
  void everyChangeIsANewVersionAndTheOldOnesStay() throws Exception {
    // When
    rules("apply", "-f", limit(5));
    rules("apply", "-f", limit(6), "--effective-at", "2026-03-01T10:00:00Z");
    rules("disable", "limit", "--effective-at", "2026-03-02T10:00:00Z");
    CommandRun show = rules("show", "limit");
    rules("apply", "-f", limit(6));
    CommandRun delete = rules("delete", "limit");

    // Then
    List<RuleChange> written = written();
    assertThat(written).extracting(RuleChange::number).containsExactly(1, 2, 3, 4, 5);
    assertThat(written).extracting(RuleChange::ruleId).containsOnly("limit");
    assertThat(RuleParser.parseRule(String.valueOf(written.get(0).definition())).n()).isEqualTo(5);
    assertThat(RuleParser.parseRule(String.valueOf(written.get(2).definition())).mode())
        .isEqualTo(Mode.DISABLED);
    assertThat(written.get(3).version()).isEqualTo(written.get(1).version());
    assertThat(written.get(4).isDeletion()).isTrue();
    assertThat(written.get(4).version()).isEqualTo(written.get(3).version());
    assertThat(show.out())
        .contains("\"mode\" : \"disabled\"")
        .contains("limit no. 2 " + written.get(1).version().substring(0, 12))
        .contains("from 2026-03-02T10:00:00Z");
    assertThat(delete.out()).contains("limit no. 5").contains("deleted from 20");
    assertThat(rules("list").out().lines()).hasSize(1);
  }

  @Test
  void theTimeItHoldsFromFollowsTheStack() throws IOException {
    rules("apply", "-f", limit(5), "--time", "log");
    rules("apply", "-f", limit(5), "--effective-at", "now");
    rules("apply", "-f", limit(5));

    List<RuleChange> written = written();
    assertThat(written).hasSize(2);
    assertThat(written.get(0).effectiveAtMicros()).isEqualTo(RuleChange.BEGINNING);
    assertThat(written.get(1).effectiveAtMicros()).isGreaterThan(RuleChange.BEGINNING);
  }

  @Test
  void aBadRuleSetChangesNothingAndAllOfItIsSaid() throws IOException {
    // Given
    Path bad =
        Files.writeString(
            directory.resolve("bad.yaml"),
            """
            version: 1
            rules:
              - { id: fine, kind: frequency, template: absence, activation: {} }
              - { id: worse, kind: frequency, template: absence, activation: {}, n: 0, colour: red }
            """);

    // When
    CommandRun run = rules("apply", "-f", bad.toString());

    // Then
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("rules[1].n: ", "rules[1].colour: ", "nothing was changed");
    assertThat(written()).isEmpty();
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(rules("show", "nothing"))
        .returns(2, CommandRun::exit)
        .returns("error: no rule nothing\n", CommandRun::err);
    assertThat(rules("disable", "nothing").exit()).isEqualTo(2);
    assertThat(rules("delete", "nothing").exit()).isEqualTo(2);
    assertThat(rules("apply", "-f", "missing.yaml").err()).contains("missing.yaml: no such file");
    assertThat(rules("delete", "x", "--effective-at", "soon").exit()).isEqualTo(2);
    assertThat(rules("list", "--time", "never").exit()).isZero();
    assertThat(written()).isEmpty();
  }

  private CommandRun rules(String... arguments) {
    List<String> all = new ArrayList<>(List.of("rules"));
    all.addAll(List.of(arguments));
    all.add("--bootstrap-servers");
    all.add(kafka.bootstrapServers());
    return CommandRun.of(all.toArray(String[]::new));
  }

  private String limit(int n) throws IOException {
    return Files.writeString(directory.resolve("limit.yaml"), LIMIT.formatted(n)).toString();
  }

  private List<RuleChange> written() {
    TopicPartition partition = new TopicPartition(Topics.RULES, 0);
    List<RuleChange> changes = new ArrayList<>();
    StringDeserializer text = new StringDeserializer();
    try (Consumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
            text,
            text)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
          RuleChange change = RuleChange.decode(record.value());
          assertThat(record.key()).isEqualTo(change.topicKey());
          changes.add(change);
        }
      }
    }
    return changes;
  }
}
