package dev.waymark.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.waymark.client.EventsTopic.Written;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.Times;
import dev.waymark.testkit.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendIT {
  private static final String HEARTBEAT = "{\"type\":\"heartbeat\"";
  private static final String FINALIZE = "{\"type\":\"finalize\"";

  private static EventsTopic topic;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    topic = new EventsTopic();
  }

  @AfterAll
  static void stop() {
    topic.close();
  }

  @BeforeEach
  void clear() {
    topic.clear();
  }

  @Test
  void bytesArriveAsTheyAreUnderTheirRunsKey() throws IOException {
    // Given
    String spaced = event("r1", 1, 0).replace(",", ", ") + "  ";
    String noEvent = "{\"no\":\"event\"}";
    Path first = file(spaced, noEvent, event("r1", 2, 20));
    Path second = file(event("r2", 1, 10), "", "broken {");

    // When
    CommandRun run = send(first, second);

    // Then
    assertThat(run.exit()).isZero();
    List<Written> all = topic.readAll();
    assertThat(all)
        .extracting(Written::value)
        .containsExactlyInAnyOrder(
            spaced, noEvent, event("r1", 2, 20), event("r2", 1, 10), "broken {");
    assertThat(valuesOf(all, "default/r1")).containsExactly(spaced, event("r1", 2, 20));
    assertThat(valuesOf(all, "default/r2")).containsExactly(event("r2", 1, 10));
    assertThat(valuesOf(all, null)).containsExactlyInAnyOrder(noEvent, "broken {");
    assertThat(run.out()).startsWith("sent 3 events and 2 other lines");
    assertThat(run.err())
        .contains("no event (not_json): 1 line; look")
        .contains("no event (missing_field): 1 line; look")
        .contains("a stack in live mode judges the present: they count as late");
  }

  @Test
  void finalizeEndsEachRunRightAfterItsLastEvent() throws IOException {
    // Given
    Path first = file(event("r1", 1, 0), event("r1", 2, 20), event("r3", 1, 40));
    Path second = file(event("r2", 1, 10), event("r1", 3, 20));

    // When
    CommandRun run = send(first, second, "--finalize", "--time", "log");

    // Then
    assertThat(run.exit()).isZero();
    List<Written> all = topic.readAll();
    assertThat(valuesOf(all, "default/r1"))
        .containsExactly(
            event("r1", 1, 0),
            event("r1", 2, 20),
            event("r1", 3, 20),
            FINALIZE + ",\"t\":\"2026-01-01T00:00:20Z\",\"meta\":{\"run_id\":\"r1\"}}");
    assertThat(valuesOf(all, "default/r2"))
        .endsWith(FINALIZE + ",\"t\":\"2026-01-01T00:00:10Z\",\"meta\":{\"run_id\":\"r2\"}}");
    assertThat(run.out()).contains("ended 3 runs");
  }

  @Test
  void inLogModeHeartbeatsCarryTheTimeOfTheFiles() throws IOException {
    // Given
    int events = 4_500;
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      lines.add(event("r" + i % 3, i / 3 + 1, i));
    }

    // When
    CommandRun run = send(file(lines.toArray(String[]::new)), "--time", "log");

    // Then
    assertThat(run.exit()).isZero();
    for (int partition = 0; partition < EventsTopic.PARTITIONS; partition++) {
      int p = partition;
      List<String> heartbeats =
          topic.readAll().stream()
              .filter(r -> r.partition() == p && r.value().startsWith(HEARTBEAT))
              .map(r -> r.value().substring(HEARTBEAT.length()))
              .toList();
      assertThat(heartbeats)
          .containsExactly(
              ",\"t\":\"2026-01-01T00:33:19Z\"}",
              ",\"t\":\"2026-01-01T01:06:39Z\"}",
              ",\"t\":\"2026-01-01T01:15:04.001Z\"}");
    }
    assertThat(run.err()).doesNotContain("live mode");
  }

  @Test
  void theLiveModeWritesNoHeartbeats() throws IOException {
    send(file(event("r1", 1, 0)));

    assertThat(topic.readAll()).extracting(Written::value).containsExactly(event("r1", 1, 0));
  }

  @Test
  void anUnsortedFileIsSentWithAWarning() throws IOException {
    Path file = file(event("r1", 1, 20), event("r1", 2, 10));

    CommandRun run = send(file);

    assertThat(run.exit()).isZero();
    assertThat(valuesOf(topic.readAll(), "default/r1")).hasSize(2);
    assertThat(run.err())
        .contains(file + ": not sorted by t, 1 line went back in time; sent as they came");
  }

  @Test
  void oversizedEventsReachTheTopicAndImpossibleOnesAreToldOf() throws IOException {
    // Given
    String large = event("r1", 1, 0).replace("{}", "{\"x\":\"" + "y".repeat(5 << 20) + "\"}");
    String tooLarge = large.replace("yyyy", "yyyyyyyyyyyyyyyy");

    // When
    CommandRun run = send(file(large, tooLarge, event("r1", 2, 1)));

    // Then
    assertThat(run.exit()).isEqualTo(1);
    assertThat(topic.readAll())
        .extracting(r -> r.value().length())
        .containsExactlyInAnyOrder(large.length(), event("r1", 2, 1).length());
    assertThat(run.err()).contains("1 line too long for any record");
  }

  @Test
  void wrongUsageIsRefusedBeforeAnythingIsSent() throws IOException {
    assertThat(send(directory.resolve("missing.jsonl"), directory))
        .returns(2, CommandRun::exit)
        .extracting(CommandRun::err, STRING)
        .contains("missing.jsonl: no such file")
        .contains(": is a directory");
    assertThat(send(file(event("r1", 1, 0)), "--time", "sometimes").exit()).isEqualTo(2);
    assertThat(send(file(event("r1", 1, 0)), "--speed", "-1").exit()).isEqualTo(2);
    assertThat(topic.readAll()).isEmpty();
  }

  @Test
  void aKafkaWithoutTheTopicIsToldFromNoKafka() throws IOException {
    // Given
    Path file = file(event("r1", 1, 0));
    try (EmbeddedKafka empty = EmbeddedKafka.start()) {
      // When
      CommandRun run =
          CommandRun.of("send", "--bootstrap-servers", empty.bootstrapServers(), file.toString());

      // Then
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err()).contains("has no topic waymark.events.v1");
    }
  }

  @Test
  void allRecordedStreamsArriveOnceByteForByte() throws IOException {
    // Given
    Path data = Repository.sharedData("agent-runs");
    List<Path> files;
    try (var all = Files.list(data)) {
      files = all.filter(f -> f.toString().matches(".*(?<!runs|labels)\\.jsonl")).sorted().toList();
    }
    Map<String, List<String>> byRun = new HashMap<>();
    for (Path file : files) {
      for (String line : Files.readAllLines(file)) {
        byRun.computeIfAbsent(runOf(line), r -> new ArrayList<>()).add(line);
      }
    }

    // When
    List<String> arguments =
        new ArrayList<>(List.of("send", "--finalize", "--time", "log", "--bootstrap-servers"));
    arguments.add(topic.bootstrapServers());
    files.forEach(file -> arguments.add(file.toString()));
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));

    // Then
    assertThat(run.exit()).isZero();
    assertThat(files).hasSize(14);
    assertThat(byRun).hasSize(722);
    Map<String, List<String>> arrived = new HashMap<>();
    Set<String> ended = new HashSet<>();
    for (Written record : topic.readAll()) {
      if (record.value().startsWith(FINALIZE)) {
        assertThat(ended.add(String.valueOf(record.key()))).isTrue();
      } else if (!record.value().startsWith(HEARTBEAT)) {
        String runId = Objects.requireNonNull(record.key()).substring("default/".length());
        assertThat(ended).doesNotContain(String.valueOf(record.key()));
        arrived.computeIfAbsent(runId, r -> new ArrayList<>()).add(record.value());
      }
    }
    assertThat(arrived).isEqualTo(byRun);
    assertThat(ended).hasSize(722);
  }

  private static String runOf(String line) {
    int at = line.indexOf("\"run_id\":\"") + 10;
    return line.substring(at, line.indexOf('"', at));
  }

  private CommandRun send(Object... arguments) {
    List<String> all = new ArrayList<>(List.of("send", "--bootstrap-servers"));
    all.add(topic.bootstrapServers());
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    return CommandRun.of(all.toArray(String[]::new));
  }

  private Path file(String... lines) throws IOException {
    return Files.write(Files.createTempFile(directory, "events", ".jsonl"), List.of(lines), UTF_8);
  }

  private static List<String> valuesOf(List<Written> records, String key) {
    return records.stream().filter(r -> Objects.equals(r.key(), key)).map(Written::value).toList();
  }

  private static String event(String run, int seq, int second) {
    long micros = EventCodec.parseTime("2026-01-01T00:00:00Z") + second * 1_000_000L;
    return "{\"seq\":"
        + seq
        + ",\"t\":\""
        + Times.format(micros)
        + "\",\"actor\":\"agent\",\"type\":\"reasoning\",\"payload\":{},"
        + "\"meta\":{\"run_id\":\""
        + run
        + "\",\"agent_id\":\"x\"}}";
  }
}
