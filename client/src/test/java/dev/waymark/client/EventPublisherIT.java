package dev.waymark.client;

import static dev.waymark.client.EventBuilder.actionRequest;
import static dev.waymark.client.EventBuilder.finalOutput;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waymark.client.EventsTopic.Written;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventPublisherIT {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration SHORT = Duration.ofMillis(300);

  private static EventsTopic topic;

  @BeforeAll
  static void start() {
    topic = new EventsTopic();
  }

  @AfterAll
  static void stop() {
    topic.close();
  }

  @Test
  void anAgentNeedsThreeLines() {
    // When
    try (WaymarkClient waymark = WaymarkClient.connect(topic.bootstrapServers())) {
      AgentRun run = waymark.run("three-lines", "booking-agent", 1);
      run.send(actionRequest("book_flight").param("to", "LIS"));
    }

    // Then
    List<Written> written = ofKey("default/three-lines");
    assertThat(written).hasSize(1);
    assertThat(written.get(0).value())
        .contains("\"seq\":1", "\"action\":\"book_flight\"", "\"agent_id\":\"booking-agent\"");
  }

  @Test
  void aRunKeepsItsOrderInOnePartitionAndClosingDrains() {
    // Given
    int events = 2_000;
    EventPublisher publisher = EventPublisher.open(ClientConfig.of(topic.bootstrapServers()));
    WaymarkClient waymark = new WaymarkClient(publisher, Clock.fixed(NOW, ZoneOffset.UTC), "acme");
    AgentRun run = waymark.run("ordered", "agent", 1);

    // When
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      sent.add(run.send(actionRequest("step").param("i", i)));
    }
    sent.add(run.send(finalOutput("done")));
    sent.add(run.finish());
    waymark.close();

    // Then
    assertThat(sent)
        .allMatch(CompletableFuture::isDone)
        .noneMatch(f -> f.isCompletedExceptionally());
    List<Written> written = ofKey("acme/ordered");
    assertThat(written)
        .hasSize(events + 2)
        .extracting(Written::partition)
        .containsOnly(written.get(0).partition());
    for (int i = 0; i <= events; i++) {
      assertThat(written.get(i).value()).startsWith("{\"seq\":" + (i + 1) + ",");
    }
    assertThat(written.get(events + 1).value())
        .isEqualTo(
            "{\"type\":\"finalize\",\"t\":\"2026-03-01T10:00:00Z\","
                + "\"meta\":{\"run_id\":\"ordered\",\"tenant\":\"acme\"}}");
    assertThat(waymark.stats().acknowledged()).isEqualTo(events + 2);
    assertThat(waymark.stats().pending()).isZero();
    assertThat(run.nextSeq()).isEqualTo(events + 2);
  }

  @Test
  void anEventThatBreaksTheContractTakesNoNumber() {
    try (WaymarkClient waymark = WaymarkClient.connect(topic.bootstrapServers())) {
      AgentRun run = waymark.run("strict", "agent", 1);
      assertThatIllegalStateException()
          .isThrownBy(() -> run.send(actionRequest("x").actor("robot")));
      assertThat(run.nextSeq()).isEqualTo(1);
    }
    assertThat(ofKey("default/strict")).isEmpty();
  }

  @Test
  void aHeartbeatReachesEveryPartition() {
    // Given
    String heartbeat = new String(ControlRecords.heartbeat(42), UTF_8);

    // When
    try (EventPublisher publisher =
        EventPublisher.open(ClientConfig.of(topic.bootstrapServers()))) {
      publisher.publishToAll(ControlRecords.heartbeat(42)).join();
    }

    // Then
    assertThat(topic.readAll())
        .filteredOn(r -> r.value().equals(heartbeat))
        .extracting(Written::partition)
        .containsExactly(0, 1, 2, 3);
    assertThat(heartbeat)
        .isEqualTo("{\"type\":\"heartbeat\",\"t\":\"1970-01-01T00:00:00.000042Z\"}");
  }

  @Test
  void recordsOfTheTopicsLimitPassAndLargerOnesFail() {
    // Given
    byte[] large = new byte[(16 << 20) - 1_024];
    byte[] tooLarge = new byte[(16 << 20) + 1];

    // When
    try (EventPublisher publisher =
        EventPublisher.open(ClientConfig.of(topic.bootstrapServers()))) {
      CompletableFuture<Void> passes = publisher.publish(null, large);
      CompletableFuture<Void> fails = publisher.publish(null, tooLarge);

      // Then
      passes.join();
      assertThatThrownBy(fails::join)
          .hasCauseInstanceOf(PublishException.class)
          .hasMessageContaining("event: at most 16777216 bytes, was 16777217");
      assertThat(publisher.stats().failed()).isEqualTo(1);
    }
  }

  @Test
  void aBrokerThatIsAwayForAWhileLosesAndDoublesNothing() {
    // Given
    int half = 300;
    EventPublisher publisher = EventPublisher.open(ClientConfig.of(topic.bootstrapServers()));
    WaymarkClient waymark = new WaymarkClient(publisher, Clock.systemUTC(), null);
    AgentRun run = waymark.run("interrupted", "agent", 1);
    for (int i = 0; i < half; i++) {
      run.send(actionRequest("step"));
    }

    // When
    topic.kafka().stop();
    for (int i = 0; i < half; i++) {
      run.send(actionRequest("step"));
    }
    topic.kafka().restart();
    waymark.close();

    // Then
    List<Written> written = ofKey("default/interrupted");
    assertThat(written).hasSize(2 * half);
    for (int i = 0; i < written.size(); i++) {
      assertThat(written.get(i).value()).startsWith("{\"seq\":" + (i + 1) + ",");
    }
    assertThat(waymark.stats().failed()).isZero();
  }

  @Test
  void aFullBufferBlocksFailsOrDropsAsAsked() {
    byte[] half = new byte[600];

    EventPublisher failing = unreachable(OverflowPolicy.FAIL);
    CompletableFuture<Void> first = failing.publish(null, half);
    CompletableFuture<Void> second = failing.publish(null, half);
    assertThat(first).isNotDone();
    assertThat(second).isCompletedExceptionally();
    assertThat(failing.stats().failed()).isEqualTo(1);

    EventPublisher dropping = unreachable(OverflowPolicy.DROP);
    CompletableFuture<Void> kept = dropping.publish(null, half);
    assertThat(dropping.publish(null, half)).isCompletedExceptionally();
    assertThat(kept).isNotDone();
    assertThat(dropping.stats().dropped()).isEqualTo(1);
    assertThat(dropping.stats().failed()).isZero();

    EventPublisher blocking = unreachable(OverflowPolicy.BLOCK);
    blocking.publish(null, half);
    assertThatThrownBy(() -> blocking.publish(null, half).join())
        .hasMessageContaining("buffer: 1000 bytes are waiting for Kafka at 127.0.0.1:1");

    for (EventPublisher publisher : List.of(failing, dropping, blocking)) {
      assertThatThrownBy(publisher::close)
          .isInstanceOf(PublishException.class)
          .hasMessageStartingWith("1 events were not acknowledged within PT0.3S of closing");
    }
    assertThat(first).isCompletedExceptionally();
    assertThatIllegalStateException().isThrownBy(() -> failing.publish(null, half));
  }

  /** A publisher whose buffer holds one event, and whose broker is not there. */
  private static EventPublisher unreachable(OverflowPolicy policy) {
    return EventPublisher.open(
        ClientConfig.of("127.0.0.1:1")
            .withOverflow(policy, 1_000)
            .withTimeouts(SHORT, Duration.ofMinutes(1), SHORT));
  }

  private static List<Written> ofKey(String key) {
    return topic.readAll().stream().filter(r -> key.equals(r.key())).toList();
  }
}
