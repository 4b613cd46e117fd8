package dev.waymark.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.jobs.CollectSink;
import dev.waymark.jobs.MetricsJob;
import dev.waymark.jobs.Pipeline;
import dev.waymark.jobs.TestEvents;
import dev.waymark.jobs.books.BookRow;
import dev.waymark.jobs.config.Settings;
import dev.waymark.jobs.ports.BoundedEvents;
import dev.waymark.jobs.ports.DeadLetter;
import dev.waymark.jobs.ports.JobPorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class MetricsTopologyTest {
  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .build());

  @TempDir Path directory;

  private final CollectSink<DeadLetter> deadLetterTopic = new CollectSink<>();
  private final CollectSink<DeadLetter> deadLetterTable = new CollectSink<>();
  private final CollectSink<BookRow> books = new CollectSink<>();
  private final CollectSink<MetricRow> minutes = new CollectSink<>();
  private final CollectSink<MetricRow> hours = new CollectSink<>();
  private final CollectSink<MetricRow> days = new CollectSink<>();

  @Test
  void finishedFilesGiveExactTotalsForEveryWidth() throws Exception {
    // Given two files over three days with repeats and a broken line, and what they add up to
    Random random = new Random(5);
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    Map<String, Long> expectedMinutes = new TreeMap<>();
    Map<String, Long> expectedHours = new TreeMap<>();
    Map<String, Long> expectedDays = new TreeMap<>();
    for (int seq = 1; seq <= 3_000; seq++) {
      int seconds = random.nextInt(3 * 24 * 3_600);
      String action = "act" + random.nextInt(3);
      String json =
          TestEvents.json(
              "r" + seq % 17,
              seq,
              seconds,
              "action_request",
              "\"action\":\"" + action + "\"",
              "\"cost_usd\":0.5");
      (seq % 2 == 0 ? first : second).add(json);
      if (seq % 10 == 0) {
        second.add(json);
      }
      long timeMs = TestEvents.millis(seconds);
      expectedMinutes.merge(action + "@" + Granularity.MINUTE.bucketOf(timeMs), 1L, Long::sum);
      expectedHours.merge(action + "@" + Granularity.HOUR.bucketOf(timeMs), 1L, Long::sum);
      expectedDays.merge(action + "@" + Granularity.DAY.bucketOf(timeMs), 1L, Long::sum);
    }
    first.add("broken");

    // When
    run(write("first.jsonl", first), write("second.jsonl", second));

    // Then
    assertThat(lastRows(minutes.written())).isEqualTo(expectedMinutes);
    assertThat(lastRows(hours.written())).isEqualTo(expectedHours);
    assertThat(lastRows(days.written())).isEqualTo(expectedDays);
    assertThat(latest(days.written()).stream().mapToDouble(MetricRow::costUsd).sum())
        .isEqualTo(1_500);
    assertThat(deadLetterTable.written()).hasSize(1);
    assertThat(deadLetterTopic.written()).singleElement().returns(1_500L, DeadLetter::offset);
    assertThat(lastBooks())
        .containsEntry("read", 3_301L)
        .containsEntry("accepted", 3_000L)
        .containsEntry("measured", 3_000L)
        .containsEntry("duplicates", 300L)
        .containsEntry("conflicts", 0L)
        .containsEntry("dead_letters", 1L);
  }

  private void run(Path... files) throws Exception {
    StreamExecutionEnvironment env = Pipeline.flink(1);
    MetricsConfig config = MetricsConfig.from(new Settings(new String[0], Map.of()));
    JobPorts common =
        new JobPorts(
            BoundedEvents.ofFiles(MetricsJob.NAME, config.job(), List.of(files)),
            deadLetterTopic,
            deadLetterTable,
            books);
    MetricsTopology.build(
        env, MetricsJob.NAME, new MetricsPorts(common, minutes, hours, days), config);
    env.execute(MetricsJob.NAME);
  }

  private Path write(String name, List<String> lines) throws Exception {
    return Files.write(directory.resolve(name), lines);
  }

  /** What a table would hold: of each window the last row. */
  private static Collection<MetricRow> latest(List<MetricRow> rows) {
    Map<List<Object>, MetricRow> table = new HashMap<>();
    rows.forEach(row -> table.put(List.of(row.key(), row.bucketMs()), row));
    return table.values();
  }

  private static Map<String, Long> lastRows(List<MetricRow> rows) {
    Map<String, Long> events = new TreeMap<>();
    latest(rows)
        .forEach(row -> events.put(row.key().action() + "@" + row.bucketMs(), row.events()));
    return events;
  }

  private Map<String, Long> lastBooks() {
    Map<String, Long> last = new HashMap<>();
    books.written().forEach(row -> last.put(row.counter(), row.value()));
    return last;
  }
}
