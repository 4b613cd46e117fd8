package dev.waymark.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.waymark.jobs.TestEvents;
import dev.waymark.jobs.config.Settings;
import dev.waymark.schemas.metric.EventCost;
import dev.waymark.schemas.metric.LatencySketch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RollUpTest {
  private static final int MAX_PARALLELISM = 128;
  private static final long HORIZON_MS = 7L * 24 * 3_600 * 1_000;
  private static final MetricKey KEY = new MetricKey("t", "a", "m", "look_up");

  @Test
  void earlyResultsAreCorrectedAndPassedOnOnce() throws Exception {
    try (var harness = harness(Granularity.HOUR, 1, 0)) {
      harness.open();

      // When two minutes of one hour come, a result between them
      harness.processElement(new StreamRecord<>(delta(KEY, 60, 5)));
      harness.setProcessingTime(3_000);
      harness.processElement(new StreamRecord<>(delta(KEY, 120, 7)));
      harness.getOneInputOperator().prepareSnapshotPreBarrier(1);

      // Then the rows are totals, and what goes on are the parts
      assertThat(rows(harness))
          .extracting(MetricRow::bucketMs, MetricRow::events)
          .containsExactly(tuple(TestEvents.millis(0), 5L), tuple(TestEvents.millis(0), 12L));
      assertThat(harness.extractOutputValues())
          .extracting(MetricDelta::bucketMs, delta -> delta.totals().toRow(KEY, 0).events())
          .containsExactly(tuple(TestEvents.millis(60), 5L), tuple(TestEvents.millis(120), 7L));
    }
  }

  @Test
  void earlyRowsAreBoundedAndAllAreWrittenAtACheckpoint() throws Exception {
    Map<String, String> twoAtATime = Map.of("WAYMARK_METRICS_MAX_EARLY_ROWS", "2");
    try (var harness = harness(Granularity.MINUTE, 1, 0, twoAtATime)) {
      harness.open();
      for (int agent = 0; agent < 5; agent++) {
        harness.processElement(new StreamRecord<>(delta(key(agent), 0, 1)));
      }

      // When time passes twice, then the longest waiting are written, two each time
      harness.setProcessingTime(3_000);
      assertThat(agents(harness)).containsExactly("agent-0", "agent-1");
      harness.setProcessingTime(6_000);
      assertThat(agents(harness)).containsExactly("agent-0", "agent-1", "agent-2", "agent-3");

      // And the checkpoint has them all, each once
      harness.getOneInputOperator().prepareSnapshotPreBarrier(1);
      assertThat(agents(harness))
          .containsExactly("agent-0", "agent-1", "agent-2", "agent-3", "agent-4");
    }
  }

  @Test
  void lateEventsCorrectWithinTheHorizon() throws Exception {
    try (var harness = harness(Granularity.MINUTE, 1, 0)) {
      harness.open();
      harness.processElement(new StreamRecord<>(delta(KEY, 0, 5)));
      harness.processWatermark(new Watermark(TestEvents.millis(0) + HORIZON_MS));

      harness.processElement(new StreamRecord<>(delta(KEY, 0, 1)));
      harness.getOneInputOperator().prepareSnapshotPreBarrier(1);

      assertThat(rows(harness)).extracting(MetricRow::events).containsExactly(6L);
    }
  }

  @ParameterizedTest
  @EnumSource(Granularity.class)
  void stateAndTimersAreGoneAfterTheHorizon(Granularity granularity) throws Exception {
    try (var harness = harness(granularity, 1, 0)) {
      // Given
      harness.open();
      for (int minute = 0; minute < 300; minute++) {
        harness.processElement(new StreamRecord<>(delta(KEY, 60 * minute, 1)));
      }
      harness.snapshot(1, 1);
      assertThat(harness.numKeyedStateEntries()).isPositive();
      long lastBlockEndMs = granularity.blockEndOf(TestEvents.millis(60 * 299));

      // When
      harness.processWatermark(new Watermark(lastBlockEndMs + HORIZON_MS - 1));
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);
      harness.processWatermark(new Watermark(lastBlockEndMs + HORIZON_MS));

      // Then
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void endOfInputForgetsNothing() throws Exception {
    try (var harness = harness(Granularity.DAY, 1, 0)) {
      harness.open();
      harness.processElement(new StreamRecord<>(delta(KEY, 0, 5)));

      harness.processWatermark(Watermark.MAX_WATERMARK);
      harness.endInput();
      harness.getOneInputOperator().finish();

      assertThat(rows(harness)).extracting(MetricRow::events).containsExactly(5L);
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);
    }
  }

  @Test
  void sumsGoOnAfterRestoreAndRescaling() throws Exception {
    // Given
    OperatorSubtaskState one;
    try (var harness = harness(Granularity.MINUTE, 1, 0)) {
      harness.open();
      for (int agent = 0; agent < 40; agent++) {
        harness.processElement(new StreamRecord<>(delta(key(agent), 0, 3)));
      }
      one = harness.snapshot(1, 1);
    }

    // When
    List<OperatorSubtaskState> two = new ArrayList<>();
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var harness = harness(Granularity.MINUTE, 2, subtask)) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                one, MAX_PARALLELISM, 1, 2, subtask));
        harness.open();
        two.add(harness.snapshot(2, 2));
      }
    }
    try (var harness = harness(Granularity.MINUTE, 1, 0)) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              AbstractStreamOperatorTestHarness.repackageState(two.get(0), two.get(1)),
              MAX_PARALLELISM,
              2,
              1,
              0));
      harness.open();
      for (int agent = 0; agent < 40; agent++) {
        harness.processElement(new StreamRecord<>(delta(key(agent), 0, 4)));
      }
      harness.getOneInputOperator().prepareSnapshotPreBarrier(3);

      // Then
      assertThat(rows(harness)).hasSize(40);
      assertThat(rows(harness))
          .allSatisfy(
              row -> {
                assertThat(row.events()).isEqualTo(7);
                assertThat(row.costUsd()).isEqualTo(1.75);
                assertThat(LatencySketch.fromBytes(row.latencySketch()).count()).isEqualTo(7);
              });
    }
  }

  private static MetricKey key(int agent) {
    return new MetricKey("t", "agent-" + agent, "", "");
  }

  private static MetricDelta delta(MetricKey key, double seconds, int events) {
    Totals totals = new Totals();
    for (int i = 0; i < events; i++) {
      totals.add(
          Measurement.of(
              TestEvents.incoming(
                  TestEvents.json(
                      "r",
                      i + 1,
                      seconds,
                      "action_response",
                      "\"latency_ms\":5",
                      "\"cost_usd\":0.25"),
                  i,
                  1e6)),
          new EventCost(EventCost.Source.RECORDED, 0.25));
    }
    return new MetricDelta(key.asText(), TestEvents.millis(seconds), totals);
  }

  private static List<String> agents(
      KeyedOneInputStreamOperatorTestHarness<String, MetricDelta, MetricDelta> harness) {
    return rows(harness).stream().map(row -> row.key().agentId()).toList();
  }

  private static List<MetricRow> rows(
      KeyedOneInputStreamOperatorTestHarness<String, MetricDelta, MetricDelta> harness) {
    List<MetricRow> rows = new ArrayList<>();
    if (harness.getSideOutput(RollUp.ROWS) != null) {
      harness.getSideOutput(RollUp.ROWS).forEach(record -> rows.add(record.getValue()));
    }
    return rows;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, MetricDelta, MetricDelta> harness(
      Granularity granularity, int parallelism, int subtask) throws Exception {
    return harness(granularity, parallelism, subtask, Map.of());
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, MetricDelta, MetricDelta> harness(
      Granularity granularity, int parallelism, int subtask, Map<String, String> environment)
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new RollUp(granularity, MetricsConfig.from(new Settings(new String[0], environment))),
        MetricDelta::key,
        Types.STRING,
        MAX_PARALLELISM,
        parallelism,
        subtask);
  }
}
