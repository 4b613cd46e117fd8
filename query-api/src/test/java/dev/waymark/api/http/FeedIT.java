package dev.waymark.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waymark.api.ApiServer;
import dev.waymark.api.DoorsServer;
import dev.waymark.api.FeedReader;
import dev.waymark.api.store.Granularity;
import dev.waymark.api.store.StoredRows;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.metric.LatencySketch;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.schemas.violation.ViolationCodec;
import dev.waymark.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live feed, from a real broker to readers over real sockets. */
class FeedIT {
  private static final Instant T0 = Instant.parse("2025-03-10T08:00:00Z");
  private static final int RING = 500;

  @TempDir private static Path objects;

  private static DoorsServer server;
  private static StoredRows rows;

  @BeforeAll
  static void start() {
    server =
        new DoorsServer(
            objects,
            Map.of(
                "WAYMARK_FEED_RING_MESSAGES", String.valueOf(RING),
                "WAYMARK_FEED_HEARTBEAT_MS", "200",
                "WAYMARK_FEED_MAX_RESUME_RECORDS", "2000",
                "WAYMARK_FEED_METRIC_TICK_MS", "50",
                "WAYMARK_FEED_MAX_READERS", "12"));
    rows = new StoredRows(server.database().dataSource());
    Await.until("the feed", () -> isOpen("/api/v1/feed"));
  }

  @AfterAll
  static void stop() {
    rows.close();
    server.close();
  }

  private static boolean isOpen(String path) {
    try (FeedReader reader = FeedReader.sse(uri(path), null)) {
      return reader.awaitNotice("connected").closeCode() == null;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  @Test
  void tellsEventsInOrderToThoseWhoAskedForThem() {
    // Given
    try (FeedReader all = sse("/api/v1/feed?kind=events&run=order-1");
        FeedReader socket = socket("/ws/runs/order-1/");
        FeedReader ofAgent = socket("/ws/agents/order-bot/?kind=events");
        FeedReader errors = sse("/api/v1/feed?agent=order-bot&type=error");
        FeedReader text = sse("/api/v1/feed?agent=order-bot&q=Lisbon%20tick*");
        FeedReader stranger = sse("/api/v1/feed?tenant=zeta&agent=order-bot")) {
      // When
      send("order-1", "order-bot", 1, 40);
      post(event("order-1", "order-bot", 41, "error", "no tickets to Lisbon"));
      post(event("order-2", "order-bot", 42, "error", "elsewhere"));

      // Then
      List<Long> sent = LongStream.rangeClosed(1, 41).boxed().toList();
      assertThat(all.awaitEvents(41).numbers()).isEqualTo(sent);
      assertThat(socket.awaitEvents(41).numbers()).isEqualTo(sent);
      assertThat(ofAgent.awaitEvents(42).numbers()).hasSize(42);
      assertThat(errors.awaitEvents(2).numbers()).containsExactly(41L, 42L);
      assertThat(text.awaitEvents(1).numbers()).containsExactly(41L);
      assertThat(stranger.numbers()).isEmpty();
      JsonNode message = all.messages().stream().filter(FeedIT::isEvent).findFirst().orElseThrow();
      assertThat(message.path("tenant").asText()).isEqualTo("default");
      assertThat(message.path("data").path("meta").path("run_id").asText()).isEqualTo("order-1");
    }
  }

  @Test
  void goesOnBehindTheLastIdFromTheRing() {
    // Given: a reader that had ten events and left
    String lastId;
    try (FeedReader first = sse("/api/v1/feed?run=resume-ring")) {
      send("resume-ring", "bot", 1, 10);
      lastId = first.awaitEvents(10).lastId();
    }
    send("resume-ring", "bot", 11, 20);

    // When
    try (FeedReader again = FeedReader.sse(uri("/api/v1/feed?run=resume-ring"), lastId);
        FeedReader socket = FeedReader.socket(uri("/ws/feed?run=resume-ring&last_id=" + lastId))) {
      send("resume-ring", "bot", 21, 25);

      // Then
      List<Long> missed = LongStream.rangeClosed(11, 25).boxed().toList();
      assertThat(again.awaitEvents(15).numbers()).isEqualTo(missed);
      assertThat(socket.awaitEvents(15).numbers()).isEqualTo(missed);
      assertThat(again.notices()).doesNotContain("gap");
    }
  }

  @Test
  void readsAgainFromKafkaWhatTheRingHasLetGo() {
    // Given: more events than the ring holds while the reader was away
    String lastId;
    try (FeedReader first = sse("/api/v1/feed?run=resume-kafka")) {
      send("resume-kafka", "bot", 1, 3);
      lastId = first.awaitEvents(3).lastId();
    }
    int last = 3 + RING + 200;
    send("resume-kafka", "bot", 4, last);
    awaitFollowed("resume-kafka-mark");

    // When
    try (FeedReader again = FeedReader.sse(uri("/api/v1/feed?run=resume-kafka"), lastId)) {
      send("resume-kafka", "bot", last + 1, last + 50);

      // Then
      assertThat(again.awaitEvents(last + 47).numbers())
          .isEqualTo(LongStream.rangeClosed(4, last + 50).boxed().toList());
    }
  }

  @Test
  void saysWhatIsMissingWhereItIsTooMuch() {
    // Given: more records than are read again
    String lastId;
    try (FeedReader first = sse("/api/v1/feed?run=resume-gap")) {
      send("resume-gap", "bot", 1, 3);
      lastId = first.awaitEvents(3).lastId();
    }
    send("resume-gap", "bot", 4, 3_000);
    awaitFollowed("resume-gap-mark");

    // When
    try (FeedReader again = FeedReader.sse(uri("/api/v1/feed?run=resume-gap"), lastId)) {
      // Then
      again.awaitNotice("gap").awaitEvents(10);
      assertThat(again.messages())
          .anySatisfy(
              message ->
                  assertThat(message.path("data").path("detail").asText())
                      .contains("more than is told again: waymark.events.v1-0: offsets "));
      List<Long> numbers = again.numbers();
      assertThat(numbers.get(0)).isGreaterThan(1_000);
      assertThat(numbers).isSorted();
    }
  }

  @Test
  void cutsOffWhoDoesNotReadAndNobodyElse() throws Exception {
    // Given: a reader that asks and then reads nothing
    try (FeedReader diligent = sse("/api/v1/feed?agent=flood-bot");
        FeedReader socket = socket("/ws/agents/flood-bot");
        Socket idle = idle("/api/v1/feed?agent=flood-bot")) {
      String padding = "x".repeat(20_000);

      // When: far more than its connection and the ring hold
      int count = 3_000;
      for (int from = 1; from <= count; from += 100) {
        int first = from;
        post(
            LongStream.range(first, first + 100)
                .mapToObj(number -> event("flood", "flood-bot", number, "reasoning", padding))
                .collect(Collectors.joining(",", "[", "]")));
        diligent.awaitEvents(first + 99);
      }

      // Then
      List<Long> sent = LongStream.rangeClosed(1, count).boxed().toList();
      assertThat(diligent.awaitEvents(count).numbers()).isEqualTo(sent);
      assertThat(socket.awaitEvents(count).numbers()).isEqualTo(sent);
      String rest = new String(readToEnd(idle), StandardCharsets.UTF_8);
      assertThat(rest).contains("\"code\":\"too_slow\"").endsWith("\r\n0\r\n\r\n");
    }
  }

  @Test
  void goesOnWhenTheBrokerIsBack() throws Exception {
    // Given
    try (FeedReader reader = sse("/api/v1/feed?run=broker")) {
      send("broker", "bot", 1, 5);
      reader.awaitEvents(5);

      // When
      server.kafka().stop();
      reader.awaitNotice("heartbeat");
      server.kafka().restart();
      Await.until("the door", () -> post(event("broker", "bot", 6, "reasoning", "back")) == 202);

      // Then
      assertThat(reader.awaitEvents(6).numbers()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }
  }

  @Test
  void tellsViolationsBySeverity() throws Exception {
    // Given
    try (FeedReader severe = sse("/api/v1/feed?kind=violations&severity=ERROR,CRITICAL");
        FeedReader socket = socket("/ws/feed?kind=violations&tenant=acme")) {
      // When
      violate("v-warning", "WARNING");
      violate("v-error", "ERROR");

      // Then
      severe.await("the error", message -> id(message).equals("v-error"));
      socket.await("the error", message -> id(message).equals("v-error"));
      assertThat(severe.messages()).noneMatch(message -> id(message).equals("v-warning"));
      assertThat(socket.messages()).anyMatch(message -> id(message).equals("v-warning"));
    }
  }

  @Test
  void ticksWhenMetricsChange() {
    // Given
    Instant minute = T0.plusSeconds(3_600);
    rows.run("ticks", "run", "tick-bot", "running", minute);
    rows.window(Granularity.DAY, "ticks", "tick-bot", "opus", minute, 4, new LatencySketch());
    try (FeedReader reader = socket("/ws/dashboard/?kind=metrics&tenant=ticks")) {
      // When
      rows.window(Granularity.MINUTE, "ticks", "tick-bot", "opus", minute, 4, new LatencySketch());
      reader.await("a tick", message -> message.path("data").path("events").asLong() == 4);
      rows.execute("UPDATE metrics_1m SET events = 9 WHERE tenant = 'ticks'");

      // Then
      reader.await("the next", message -> message.path("data").path("events").asLong() == 9);
      assertThat(reader.numbers()).isEmpty();
    }
  }

  @Test
  void refusesWhatItCannotServe() {
    // When
    HttpResponse<String> bad = api().get("/api/v1/feed?kind=rumours&last_id=nonsense&q=--");

    // Then
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(bad.body())
        .contains("kind", "must be one of events, violations, metrics", "last_id", "\"q\"");
    assertThat(api().get("/api/v1/feed?colour=red").statusCode()).isEqualTo(400);
    try (FeedReader socket = FeedReader.socket(uri("/ws/feed?kind=rumours"))) {
      socket.awaitEnd();
      assertThat(socket.closeCode()).isEqualTo(1008);
      assertThat(socket.closeReason()).startsWith("kind: must be one of events");
    }
  }

  @Test
  void holdsTheLimitOfReaders() {
    // Given
    List<FeedReader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < 12; i++) {
        readers.add(sse("/api/v1/feed"));
      }

      // When
      HttpResponse<String> refused = api().get("/api/v1/feed");

      // Then
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("12 readers already");
      try (FeedReader socket = FeedReader.socket(uri("/ws/feed"))) {
        socket.awaitEnd();
        assertThat(socket.closeCode()).isEqualTo(1013);
      }
    } finally {
      readers.forEach(FeedReader::close);
    }
    Await.until("room again", () -> isOpen("/api/v1/feed"));
  }

  private static boolean isEvent(JsonNode message) {
    return message.path("kind").asText().equals("event");
  }

  private static String id(JsonNode message) {
    return message.path("data").path("violation_id").asText();
  }

  private static ApiServer api() {
    return server.api();
  }

  private static URI uri(String path) {
    return api().uri(path);
  }

  private static FeedReader sse(String path) {
    return FeedReader.sse(uri(path), null).awaitNotice("connected");
  }

  private static FeedReader socket(String path) {
    return FeedReader.socket(uri(path)).awaitNotice("connected");
  }

  /** A connection that asks and never reads, with little room in between. */
  private static Socket idle(String path) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    URI address = uri(path);
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
    socket
        .getOutputStream()
        .write(
            ("GET "
                    + path
                    + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                    + ApiServer.ADMIN_KEY
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static byte[] readToEnd(Socket socket) throws IOException {
    try (InputStream in = socket.getInputStream()) {
      return in.readAllBytes();
    }
  }

  private static void send(String run, String agent, long from, long to) {
    for (long first = from; first <= to; first += 1_000) {
      post(
          LongStream.rangeClosed(first, Math.min(to, first + 999))
              .mapToObj(number -> event(run, agent, number, "reasoning", "thinking"))
              .collect(Collectors.joining(",", "[", "]")));
    }
  }

  private static int post(String events) {
    return api().postJson("/api/v1/events", events).statusCode();
  }

  /** Returns once the feed has come as far as a message that is sent now. */
  private static void awaitFollowed(String run) {
    try (FeedReader reader = sse("/api/v1/feed?run=" + run)) {
      post(event(run, "bot", 1, "reasoning", "mark"));
      reader.awaitEvents(1);
    }
  }

  private static String event(String run, String agent, long seq, String type, String thought) {
    return "{\"seq\":"
        + seq
        + ",\"t\":\""
        + T0.plusMillis(seq)
        + "\",\"actor\":\"agent\",\"type\":\""
        + type
        + "\",\"payload\":{\"thought\":\""
        + thought
        + "\"},\"meta\":{\"run_id\":\""
        + run
        + "\",\"agent_id\":\""
        + agent
        + "\"}}";
  }

  private static void violate(String id, String severity) throws Exception {
    Violation violation =
        new Violation(
            id,
            "acme",
            "rule",
            "v1",
            "timelag",
            "response",
            severity,
            "run",
            "run",
            "run",
            "bot",
            1_000_000,
            "late",
            List.of(),
            Map.of(),
            List.of(),
            "",
            "",
            false,
            0);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, server.kafka().bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer
          .send(new ProducerRecord<>(Topics.VIOLATIONS, id, ViolationCodec.encode(violation)))
          .get();
    }
  }
}
