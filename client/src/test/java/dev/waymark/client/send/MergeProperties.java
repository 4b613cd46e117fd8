package dev.waymark.client.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.schemas.event.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class MergeProperties {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final long START_MICROS = Times.micros(Instant.parse("2026-01-01T00:00:00Z"));

  private static Path directory;

  @BeforeContainer
  static void createDirectory() throws IOException {
    directory = Files.createTempDirectory("waymark-merge-");
  }

  @AfterContainer
  static void deleteDirectory() throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 200)
  void sortedFilesBecomeTheirStableSort(@ForAll("sortedFiles") List<List<Integer>> files)
      throws IOException {
    // Given
    List<String> all = new ArrayList<>();
    List<List<String>> contents = new ArrayList<>();
    for (int f = 0; f < files.size(); f++) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < files.get(f).size(); i++) {
        lines.add(event("run-" + f, i + 1, files.get(f).get(i)));
      }
      contents.add(lines);
      all.addAll(lines);
    }

    // When
    List<String> merged = merge(contents);

    // Then
    List<String> expected = new ArrayList<>(all);
    expected.sort(Comparator.comparing(MergeProperties::timeOf));
    assertThat(merged).isEqualTo(expected);
  }

  @Property(tries = 200)
  void unsortedFilesLoseNothingAndKeepTheirOwnOrder(@ForAll("anyFiles") List<List<Integer>> files)
      throws IOException {
    List<List<String>> contents = new ArrayList<>();
    for (int f = 0; f < files.size(); f++) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < files.get(f).size(); i++) {
        lines.add(event("run-" + f, i + 1, files.get(f).get(i)));
      }
      contents.add(lines);
    }

    List<String> merged = merge(contents);

    for (int f = 0; f < files.size(); f++) {
      String run = "\"run-" + f + "\"";
      assertThat(merged.stream().filter(l -> l.contains(run)).toList()).isEqualTo(contents.get(f));
    }
    assertThat(merged).hasSize(contents.stream().mapToInt(List::size).sum());
  }

  @Example
  void whatIsNoEventStaysBehindTheLineAboveIt() throws IOException {
    List<String> first = List.of(event("a", 1, 0), "not json", event("a", 2, 20));
    List<String> second = List.of(event("b", 1, 10));

    assertThat(merge(List.of(first, second)))
        .containsExactly(first.get(0), "not json", second.get(0), first.get(2));
  }

  @Example
  void aTimeInTheFarFutureHoldsNothingBack() throws IOException {
    String skewed =
        "{\"seq\":2,\"t\":\"2999-01-01T00:00:00Z\",\"actor\":\"agent\",\"type\":\"reasoning\","
            + "\"payload\":{},\"meta\":{\"run_id\":\"a\",\"agent_id\":\"x\"}}";
    List<String> first = List.of(event("a", 1, 0), skewed, event("a", 3, 20));
    List<String> second = List.of(event("b", 1, 10), event("b", 2, 30));

    assertThat(merge(List.of(first, second)))
        .containsExactly(first.get(0), skewed, second.get(0), first.get(2), second.get(1));
  }

  @Example
  void linesThatGoBackInTimeAreCounted() throws IOException {
    Path file = write(List.of(event("a", 1, 5), event("a", 2, 3), event("a", 3, 4), "", " "));
    try (EventFile events = EventFile.open(file, 1_000, CLOCK)) {
      int lines = 0;
      while (events.next() != null) {
        lines++;
      }
      assertThat(lines).isEqualTo(3);
      assertThat(events.outOfOrder()).isEqualTo(2);
    }
  }

  @Provide
  Arbitrary<List<List<Integer>>> sortedFiles() {
    return anyFiles().map(files -> files.stream().map(f -> f.stream().sorted().toList()).toList());
  }

  @Provide
  Arbitrary<List<List<Integer>>> anyFiles() {
    // Few different times, so that ties are common.
    return Arbitraries.integers().between(0, 12).list().ofMaxSize(10).list().ofMaxSize(5);
  }

  private static List<String> merge(List<List<String>> contents) throws IOException {
    List<EventFile> files = new ArrayList<>();
    for (List<String> lines : contents) {
      files.add(EventFile.open(write(lines), 10_000, CLOCK));
    }
    List<String> merged = new ArrayList<>();
    Merge merge = new Merge(files);
    for (Line line = merge.next(); line != null; line = merge.next()) {
      merged.add(new String(line.bytes(), UTF_8));
    }
    for (EventFile file : files) {
      file.close();
    }
    return merged;
  }

  private static Path write(List<String> lines) throws IOException {
    return Files.write(Files.createTempFile(directory, "events", ".jsonl"), lines);
  }

  private static String event(String run, int seq, int second) {
    return "{\"seq\":"
        + seq
        + ",\"t\":\""
        + Times.format(START_MICROS + second * 1_000_000L)
        + "\",\"actor\":\"agent\",\"type\":\"reasoning\",\"payload\":{},"
        + "\"meta\":{\"run_id\":\""
        + run
        + "\",\"agent_id\":\"x\"}}";
  }

  private static String timeOf(String event) {
    int at = event.indexOf("\"t\":\"") + 5;
    return event.substring(at, event.indexOf('"', at));
  }
}
