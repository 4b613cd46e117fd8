package dev.waymark.jobs.metrics;

import static dev.waymark.jobs.TestEvents.incoming;
import static dev.waymark.jobs.TestEvents.json;
import static dev.waymark.jobs.TestEvents.millis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.jobs.books.BookCounter;
import dev.waymark.jobs.books.BookDelta;
import dev.waymark.jobs.books.Books;
import dev.waymark.jobs.config.Settings;
import dev.waymark.jobs.engine.RunIdentities;
import dev.waymark.jobs.ports.Incoming;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class MeasureRunsTest {
  private static final double HORIZON = 7 * 24 * 3_600;

  /** The operator with what the intake would tell it. */
  private static final class Measuring
      extends KeyedOneInputStreamOperatorTestHarness<String, Measurement, MetricDelta> {
    private long offset;
    private long logTimeMs = Incoming.NO_TIME;

    Measuring() throws Exception {
      super(
          new MeasureRuns(MetricsConfig.from(new Settings(new String[0], Map.of()))),
          Measurement::runKey,
          Types.STRING);
    }

    static Measuring opened() throws Exception {
      Measuring measuring = new Measuring();
      measuring.open();
      return measuring;
    }

    void send(String json) throws Exception {
      send(json, 1e6);
    }

    void send(String json, double kafkaSeconds) throws Exception {
      Incoming incoming = incoming(json, offset++, kafkaSeconds).withLogTime(logTimeMs);
      processElement(new StreamRecord<>(Measurement.of(incoming), incoming.timeMs()));
    }

    void time(double seconds) throws Exception {
      logTimeMs = millis(seconds);
      processWatermark(new Watermark(logTimeMs));
    }

    /** Events measured so far, by action. */
    Map<String, Long> byAction() throws Exception {
      getOneInputOperator().prepareSnapshotPreBarrier(1);
      Map<String, Long> events = new TreeMap<>();
      for (MetricDelta delta : extractOutputValues()) {
        MetricKey key = MetricKey.ofText(delta.key());
        events.merge(key.action(), delta.totals().toRow(key, 0).events(), Long::sum);
      }
      return events;
    }

    Map<BookCounter, Long> books() throws Exception {
      getOneInputOperator().prepareSnapshotPreBarrier(1);
      Map<BookCounter, Long> books = new EnumMap<>(BookCounter.class);
      for (StreamRecord<BookDelta> delta : getSideOutput(Books.DELTAS)) {
        books.merge(delta.getValue().counter(), delta.getValue().delta(), Long::sum);
      }
      return books;
    }
  }

  @Test
  void measuresEveryEventOnce() throws Exception {
    try (Measuring measuring = Measuring.opened()) {
      measuring.send(json("r", 1, 0, "reasoning", "\"goal\":\"a\"", ""));
      measuring.send(json("r", 1, 0, "reasoning", "\"goal\":\"a\"", ""));
      measuring.send(json("r", 1, 0, "reasoning", "\"goal\":\"b\"", ""));
      measuring.send(json("r", 2, 900, "reasoning", "", ""), 0);

      assertThat(measuring.byAction()).containsExactly(Map.entry("", 1L));
      assertThat(measuring.books())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  BookCounter.ACCEPTED, 2L,
                  BookCounter.MEASURED, 1L,
                  BookCounter.CLOCK_SKEW, 1L,
                  BookCounter.DUPLICATES, 1L,
                  BookCounter.CONFLICTS, 1L));
    }
  }

  @Test
  void sendsWhatItHasBeforeTimeLeapsBeyondItsWindows() throws Exception {
    try (Measuring measuring = Measuring.opened()) {
      // Given
      measuring.send(json("r", 1, 0, "reasoning", "", ""));
      measuring.send(json("r", 2, 1, "action_response", "", "\"call_id\":\"c1\""));

      // When
      measuring.time(30 * HORIZON);

      // Then
      List<Object> out = List.copyOf(measuring.getOutput());
      assertThat(out).hasSize(2).last().isEqualTo(new Watermark(millis(30 * HORIZON)));
      assertThat(measuring.byAction()).containsExactly(Map.entry("", 2L));
    }
  }

  @Test
  void whatCannotBeToldFromARepeatIsNotMeasured() throws Exception {
    try (Measuring measuring = Measuring.opened()) {
      measuring.send(json("known", 1, 0, "reasoning", "", ""));
      measuring.time(HORIZON - 1);
      measuring.send(json("known", 2, HORIZON, "reasoning", "", ""));
      measuring.time(HORIZON + 10);
      measuring.send(json("unknown", 1, 5, "reasoning", "", ""));
      measuring.send(json("known", 1, 0, "reasoning", "", ""));
      measuring.send(json("known", 3, 5, "reasoning", "", ""));
      measuring.send(json("unknown", 2, 11, "reasoning", "", ""));

      assertThat(measuring.byAction()).containsExactly(Map.entry("", 3L));
      assertThat(measuring.books())
          .containsEntry(BookCounter.TOO_LATE, 2L)
          .containsEntry(BookCounter.DUPLICATES, 1L)
          .containsEntry(BookCounter.MEASURED, 3L)
          .containsEntry(BookCounter.ACCEPTED, 5L);
    }
  }

  @Test
  void responsesCountUnderTheirRequestsActionInWhateverOrderTheyCome() throws Exception {
    try (Measuring measuring = Measuring.opened()) {
      measuring.send(request(1, 0, "c1", "first"));
      measuring.send(response(2, 1, "c1"));
      measuring.send(response(4, 3, "c2"));
      measuring.send(request(3, 2, "c2", "second"));
      measuring.send(response(6, 5, "c3"));
      assertThat(measuring.byAction()).isEqualTo(Map.of("first", 2L, "second", 2L));

      // No request at or before the last response can come in time any more
      measuring.time(5);

      assertThat(measuring.byAction()).isEqualTo(Map.of("", 1L, "first", 2L, "second", 2L));
    }
  }

  @Test
  void endOfInputMeasuresWhatStillWaits() throws Exception {
    try (Measuring measuring = Measuring.opened()) {
      measuring.send(response(1, 5, "c"));

      measuring.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(measuring.byAction()).isEqualTo(Map.of("", 1L));
      assertThat(measuring.numEventTimeTimers()).isEqualTo(1);
    }
  }

  @Test
  void sumsGoOnEverySecond() throws Exception {
    try (Measuring measuring = Measuring.opened()) {
      for (int seq = 1; seq <= 10; seq++) {
        measuring.send(json("r" + seq % 3, seq, seq, "reasoning", "", ""));
      }
      assertThat(measuring.extractOutputValues()).isEmpty();

      measuring.setProcessingTime(1_000);

      assertThat(measuring.extractOutputValues())
          .singleElement()
          .satisfies(
              delta -> {
                assertThat(delta.bucketMs()).isEqualTo(millis(0));
                assertThat(delta.key()).isEqualTo(new MetricKey("default", "a1", "", "").asText());
              });
    }
  }

  @Test
  void stateAndTimersAreGoneAfterTheHorizon() throws Exception {
    try (Measuring measuring = Measuring.opened()) {
      // Given
      for (int seq = 1; seq <= RunIdentities.MAX_IN_VALUE + 10; seq++) {
        measuring.send(json("long", seq, 100, "reasoning", "", ""));
      }
      measuring.send(response(2, 1, "unanswered"));
      measuring.snapshot(1, 1);
      assertThat(measuring.numKeyedStateEntries()).isGreaterThan(2);
      assertThat(measuring.numEventTimeTimers()).isEqualTo(2);

      // When
      measuring.time(HORIZON + 100);

      // Then
      assertThat(measuring.numKeyedStateEntries()).isZero();
      assertThat(measuring.numEventTimeTimers()).isZero();
      assertThat(measuring.byAction()).isEqualTo(Map.of("", RunIdentities.MAX_IN_VALUE + 11L));
    }
  }

  @Test
  void waitingResponsesSurviveARestore() throws Exception {
    OperatorSubtaskState state;
    try (Measuring measuring = Measuring.opened()) {
      measuring.send(response(2, 1, "c"));
      state = measuring.snapshot(1, 1);
    }
    try (Measuring measuring = new Measuring()) {
      measuring.initializeState(state);
      measuring.open();
      measuring.send(response(2, 1, "c"));
      measuring.send(request(1, 0, "c", "look"));

      assertThat(measuring.byAction()).isEqualTo(Map.of("look", 2L));
      assertThat(measuring.books()).containsEntry(BookCounter.DUPLICATES, 1L);
    }
  }

  private static String request(long seq, double seconds, String call, String action) {
    return json(
        "r",
        seq,
        seconds,
        "action_request",
        "\"action\":\"" + action + "\"",
        "\"call_id\":\"" + call + "\"");
  }

  private static String response(long seq, double seconds, String call) {
    return json("r", seq, seconds, "action_response", "", "\"call_id\":\"" + call + "\"");
  }
}
