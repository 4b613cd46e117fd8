package dev.waymark.jobs.trail;

import static dev.waymark.jobs.TestEvents.finalizeJson;
import static dev.waymark.jobs.TestEvents.incoming;
import static dev.waymark.jobs.TestEvents.json;
import static dev.waymark.jobs.TestEvents.micros;
import static dev.waymark.jobs.TestEvents.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.waymark.jobs.books.BookCounter;
import dev.waymark.jobs.books.BookDelta;
import dev.waymark.jobs.books.Books;
import dev.waymark.jobs.config.Settings;
import dev.waymark.jobs.engine.RunIdentities;
import dev.waymark.jobs.ports.Incoming;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepTrailTest {
  private static final int MAX_PARALLELISM = 128;
  private static final double TIMEOUT = 30 * 60;
  private static final double HORIZON = 7 * 24 * 3_600;

  /** The operator with what the intake would tell it. */
  private static final class Trail
      extends KeyedOneInputStreamOperatorTestHarness<String, Incoming, EventRow> {
    private long offset;
    private long logTimeMs = Incoming.NO_TIME;

    Trail(int parallelism, int subtask, String... settings) throws Exception {
      super(
          new KeepTrail(TrailConfig.from(new Settings(settings, Map.of()))),
          Incoming::runKey,
          Types.STRING,
          MAX_PARALLELISM,
          parallelism,
          subtask);
    }

    static Trail opened(String... settings) throws Exception {
      Trail trail = new Trail(1, 0, settings);
      trail.open();
      return trail;
    }

    void send(String json) throws Exception {
      send(json, 1e6);
    }

    void send(String json, double kafkaSeconds) throws Exception {
      Incoming incoming = incoming(json, offset++, kafkaSeconds).withLogTime(logTimeMs);
      processElement(new StreamRecord<>(incoming, incoming.timeMs()));
    }

    void time(double seconds) throws Exception {
      logTimeMs = millis(seconds);
      processWatermark(new Watermark(logTimeMs));
    }

    List<EventRow> rows() {
      return extractOutputValues();
    }

    RunRow run() {
      List<RunRow> rows = side(KeepTrail.RUNS);
      return rows.get(rows.size() - 1);
    }

    RunRow runAtCheckpoint() throws Exception {
      getOneInputOperator().prepareSnapshotPreBarrier(1);
      return run();
    }

    <T> List<T> side(OutputTag<T> tag) {
      List<T> values = new ArrayList<>();
      Collection<StreamRecord<T>> records = getSideOutput(tag);
      if (records != null) {
        records.forEach(record -> values.add(record.getValue()));
      }
      return values;
    }

    long book(BookCounter counter) throws Exception {
      getOneInputOperator().prepareSnapshotPreBarrier(1);
      return side(Books.DELTAS).stream()
          .filter(delta -> delta.counter() == counter)
          .mapToLong(BookDelta::delta)
          .sum();
    }
  }

  @Test
  void countsRepeatsAndKeepsConflicts() throws Exception {
    try (Trail trail = Trail.opened()) {
      trail.send(json("r", 1, 0, "reasoning", "\"goal\":\"a\"", ""));
      trail.send(json("r", 1, 0, "reasoning", "\"goal\":\"a\"", ""));
      trail.send(json("r", 1, 0, "reasoning", "\"goal\":\"b\"", ""));

      assertThat(trail.rows()).hasSize(1);
      assertThat(trail.side(KeepTrail.CONFLICTS))
          .singleElement()
          .satisfies(conflict -> assertThat(conflict.incoming().offset()).isEqualTo(2));
      assertThat(trail.runAtCheckpoint())
          .returns(1L, RunRow::events)
          .returns(1L, RunRow::duplicates)
          .returns(1L, RunRow::conflicts);
      assertThat(trail.book(BookCounter.ACCEPTED)).isEqualTo(1);
      assertThat(trail.book(BookCounter.DUPLICATES)).isEqualTo(1);
      assertThat(trail.book(BookCounter.CONFLICTS)).isEqualTo(1);
    }
  }

  @Test
  void responseTakesTheActionOfTheLatestEarlierRequest() throws Exception {
    try (Trail trail = Trail.opened()) {
      trail.send(request(1, 0, "c", "first"));
      trail.send(request(3, 2, "c", "third"));
      trail.send(response(2, 1, "c"));
      trail.send(response(4, 3, "c"));
      trail.send(response(5, 4, "unknown"));

      assertThat(trail.rows())
          .extracting(row -> row.incoming().event().action())
          .containsExactly("first", "third", "first", "third", null);
    }
  }

  @Test
  void responseBeforeItsRequestIsWrittenAtOnceAndAgainWithItsAction() throws Exception {
    try (Trail trail = Trail.opened()) {
      trail.send(response(2, 1, "c"));
      trail.send(request(3, 2, "c", "later"));
      trail.send(request(1, 0, "c", "earlier"));

      assertThat(trail.rows())
          .extracting(row -> row.incoming().offset(), row -> row.incoming().event().action())
          .containsExactly(
              tuple(0L, null), tuple(1L, "later"), tuple(2L, "earlier"), tuple(0L, "earlier"));
      assertThat(trail.runAtCheckpoint().events()).isEqualTo(3);
    }
  }

  @Test
  void finalOutputOfTheFirstAgentCompletesForGood() throws Exception {
    try (Trail trail = Trail.opened()) {
      trail.send(json("r", 1, 0, "reasoning", "", ""));
      trail.send(json("r", 2, 5, "final_output", "", ""));
      assertThat(trail.runAtCheckpoint())
          .returns("completed", RunRow::status)
          .returns(micros(5), RunRow::endedAtMicros);

      trail.send(json("r", 3, 9, "error", "", ""));

      assertThat(trail.runAtCheckpoint())
          .returns("completed", RunRow::status)
          .returns(micros(5), RunRow::endedAtMicros)
          .returns(9_000.0, RunRow::durationMs);
    }
  }

  @Test
  void finalOutputOfAnotherAgentDoesNot() throws Exception {
    try (Trail trail = Trail.opened()) {
      trail.send(json("r", 2, 5, "final_output", "", "").replace("a1", "a2"));
      assertThat(trail.runAtCheckpoint().status()).isEqualTo("completed");

      // An earlier event by another agent comes late: that is the first one now
      trail.send(json("r", 1, 0, "reasoning", "", ""));

      assertThat(trail.runAtCheckpoint())
          .returns("running", RunRow::status)
          .returns("a1", RunRow::agentId);
    }
  }

  @ParameterizedTest
  @CsvSource({"reasoning, completed", "error, failed"})
  void finalizeEndsARunUntilALaterEvent(String lastType, String status) throws Exception {
    try (Trail trail = Trail.opened()) {
      trail.send(json("r", 1, 0, "reasoning", "", ""));
      trail.send(json("r", 2, 10, lastType, "", ""));
      trail.send(finalizeJson("r", 20));
      assertThat(trail.runAtCheckpoint())
          .returns(status, RunRow::status)
          .returns(micros(20), RunRow::endedAtMicros);

      // Behind the finalize in the log, but not in time
      trail.send(json("r", 3, 5, "reasoning", "", ""));
      assertThat(trail.runAtCheckpoint().status()).isEqualTo(status);

      trail.send(json("r", 4, 21, "reasoning", "", ""));
      assertThat(trail.runAtCheckpoint())
          .returns("running", RunRow::status)
          .returns(null, RunRow::endedAtMicros);
    }
  }

  @ParameterizedTest
  @CsvSource({"reasoning, timed_out", "error, failed"})
  void silenceEndsARunUntilTheNextEvent(String lastType, String status) throws Exception {
    try (Trail trail = Trail.opened()) {
      trail.send(json("r", 1, 0, "reasoning", "", ""));
      trail.time(100);
      trail.send(json("r", 2, 200, lastType, "", ""));
      trail.time(200 + TIMEOUT - 0.001);
      assertThat(trail.runAtCheckpoint().status()).isEqualTo("running");

      trail.time(200 + TIMEOUT);
      assertThat(trail.runAtCheckpoint())
          .returns(status, RunRow::status)
          .returns(micros(200 + TIMEOUT), RunRow::endedAtMicros);

      trail.send(json("r", 3, 200 + TIMEOUT + 60, "reasoning", "", ""));
      assertThat(trail.runAtCheckpoint().status()).isEqualTo("running");
      trail.time(200 + 2 * TIMEOUT + 60);
      assertThat(trail.runAtCheckpoint().status()).isEqualTo("timed_out");
    }
  }

  @Test
  void endOfInputEndsNoRun() throws Exception {
    try (Trail trail = Trail.opened()) {
      trail.send(json("r", 1, 0, "reasoning", "", ""));

      trail.processWatermark(Watermark.MAX_WATERMARK);
      trail.endInput();
      trail.getOneInputOperator().finish();

      assertThat(trail.run().status()).isEqualTo("running");
      assertThat(trail.numEventTimeTimers()).isEqualTo(1);
    }
  }

  @Test
  void stateAndTimersAreGoneAfterTheHorizon() throws Exception {
    try (Trail trail = Trail.opened()) {
      // Given runs of every ending, one of them longer than what fits into one value
      for (int seq = 1; seq <= RunIdentities.MAX_IN_VALUE + 10; seq++) {
        trail.send(json("long", seq, seq, "reasoning", "", ""));
      }
      trail.send(json("done", 1, 0, "final_output", "", ""));
      trail.send(json("finalized", 1, 0, "reasoning", "", ""));
      trail.send(finalizeJson("finalized", 1));
      trail.send(finalizeJson("unknown", 1));
      trail.send(response(1, 0, "unanswered"));
      trail.snapshot(1, 1);
      assertThat(trail.numKeyedStateEntries()).isGreaterThan(4);
      assertThat(trail.numEventTimeTimers()).isEqualTo(4);

      // When
      trail.time(HORIZON + RunIdentities.MAX_IN_VALUE + 9);
      assertThat(trail.numEventTimeTimers()).isEqualTo(1);
      trail.time(HORIZON + RunIdentities.MAX_IN_VALUE + 10);

      // Then
      assertThat(trail.numKeyedStateEntries()).isZero();
      assertThat(trail.numEventTimeTimers()).isZero();
      assertThat(trail.side(KeepTrail.RUNS))
          .extracting(RunRow::runId)
          .contains("long", "done", "finalized", "r")
          .doesNotContain("unknown");
    }
  }

  @Test
  void repeatsAreKnownForTheHorizonAfterTheLastEvent() throws Exception {
    try (Trail trail = Trail.opened()) {
      trail.send(json("r", 1, 0, "reasoning", "", ""));
      trail.time(HORIZON - 1);
      trail.send(json("r", 1, 0, "reasoning", "", ""));
      assertThat(trail.book(BookCounter.DUPLICATES)).isEqualTo(1);

      // The repeat itself was a sign of life
      trail.time(HORIZON + 1);
      trail.send(json("r", 1, 0, "reasoning", "", ""));
      assertThat(trail.book(BookCounter.DUPLICATES)).isEqualTo(2);
    }
  }

  @Test
  void runFirstSeenBehindTheHorizonIsCold() throws Exception {
    try (Trail trail = Trail.opened()) {
      trail.time(HORIZON + 100);
      trail.send(json("old", 1, 99, "reasoning", "", ""));
      trail.send(json("new", 1, 101, "reasoning", "", ""));
      trail.getOneInputOperator().prepareSnapshotPreBarrier(1);

      assertThat(trail.rows()).hasSize(2);
      assertThat(trail.side(KeepTrail.COLD_RUNS)).extracting(RunRow::runId).containsExactly("old");
      assertThat(trail.side(KeepTrail.RUNS)).extracting(RunRow::runId).containsExactly("new");
    }
  }

  @Test
  void lateAndSkewedEventsAreKeptAndCounted() throws Exception {
    try (Trail trail = Trail.opened()) {
      trail.time(1_000);
      trail.send(json("r", 1, 1_000, "reasoning", "", ""));
      trail.send(json("r", 2, 1_001, "reasoning", "", ""));
      trail.send(json("r", 3, 99_999, "reasoning", "", ""), 1_002);

      assertThat(trail.rows())
          .extracting(row -> row.incoming().isLate(), row -> row.incoming().clockSkew())
          .containsExactly(tuple(true, false), tuple(false, false), tuple(false, true));
      assertThat(trail.runAtCheckpoint())
          .returns(1L, RunRow::lateEvents)
          .returns(micros(1_002), RunRow::lastEventAtMicros)
          .returns(3L, RunRow::events);
      assertThat(trail.book(BookCounter.LATE)).isEqualTo(1);
      assertThat(trail.book(BookCounter.CLOCK_SKEW)).isEqualTo(1);
    }
  }

  @Test
  void growingRunIsWrittenOnceASecond() throws Exception {
    try (Trail trail = Trail.opened()) {
      for (int seq = 1; seq <= 10; seq++) {
        trail.send(json("r", seq, seq, "reasoning", "", ""));
      }
      assertThat(trail.side(KeepTrail.RUNS)).isEmpty();

      trail.setProcessingTime(1_000);
      assertThat(trail.side(KeepTrail.RUNS)).extracting(RunRow::events).containsExactly(10L);

      trail.setProcessingTime(5_000);
      assertThat(trail.side(KeepTrail.RUNS)).hasSize(1);
    }
  }

  @Test
  void manyGrowingRunsTakeTurnsAndAreAllWrittenAtTheCheckpoint() throws Exception {
    try (Trail trail =
        Trail.opened("--trail.min-run-rows", "3", "--trail.events-per-run-row", "10")) {
      for (int run = 0; run < 20; run++) {
        trail.send(json("r" + run, 1, 1, "reasoning", "", ""));
      }

      trail.setProcessingTime(1_000);
      assertThat(trail.side(KeepTrail.RUNS)).hasSize(5);
      trail.setProcessingTime(2_000);
      assertThat(trail.side(KeepTrail.RUNS)).hasSize(8);
      trail.getOneInputOperator().prepareSnapshotPreBarrier(1);

      assertThat(trail.side(KeepTrail.RUNS))
          .extracting(RunRow::runId)
          .hasSize(20)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void tellsWhatAModelCallCost() throws Exception {
    try (Trail trail = Trail.opened()) {
      trail.send(json("r", 1, 0, "reasoning", "", "\"cost_usd\":0.1"));
      trail.send(json("r", 2, 1, "reasoning", "", "\"cost_usd\":0.2"));
      trail.send(json("r", 3, 2, "reasoning", "", "\"usage\":{\"input_tokens\":5}"));
      trail.send(
          json("r", 4, 3, "reasoning", "", "\"usage\":{\"input_tokens\":9223372036854775807}"));

      assertThat(trail.runAtCheckpoint())
          .returns(0.3, RunRow::costUsd)
          .returns(4L, RunRow::modelCalls)
          .returns(2L, RunRow::unpricedCalls)
          .returns(Long.MAX_VALUE, RunRow::inputTokens);
    }
  }

  @Test
  void goesOnAfterRestoreAndRescaling() throws Exception {
    // Given
    OperatorSubtaskState one;
    try (Trail trail = Trail.opened()) {
      for (int run = 0; run < 50; run++) {
        trail.send(json("r" + run, 1, 0, "reasoning", "", ""));
        trail.send(
            json("r" + run, 2, 1, "action_request", "\"action\":\"look\"", "\"call_id\":\"c\""));
        trail.send(json("r" + run, 3, 0.5, "action_response", "", "\"call_id\":\"d\""));
      }
      one = trail.snapshot(1, 1);
    }

    // When
    List<OperatorSubtaskState> two = new ArrayList<>();
    for (int subtask = 0; subtask < 2; subtask++) {
      try (Trail trail = new Trail(2, subtask)) {
        trail.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                one, MAX_PARALLELISM, 1, 2, subtask));
        trail.open();
        two.add(trail.snapshot(2, 2));
      }
    }
    try (Trail trail = new Trail(1, 0)) {
      trail.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              AbstractStreamOperatorTestHarness.repackageState(two.get(0), two.get(1)),
              MAX_PARALLELISM,
              2,
              1,
              0));
      trail.open();
      for (int run = 0; run < 50; run++) {
        trail.send(
            json("r" + run, 2, 1, "action_request", "\"action\":\"look\"", "\"call_id\":\"c\""));
        trail.send(json("r" + run, 4, 2, "action_response", "", "\"call_id\":\"c\""));
        trail.send(
            json("r" + run, 5, 0.1, "action_request", "\"action\":\"find\"", "\"call_id\":\"d\""));
      }
      trail.getOneInputOperator().prepareSnapshotPreBarrier(3);

      // Then repeats are told, requests are answered both ways, and sums go on
      assertThat(trail.book(BookCounter.DUPLICATES)).isEqualTo(50);
      assertThat(trail.rows())
          .extracting(row -> row.incoming().event().seq() + row.incoming().event().action())
          .containsOnly("4look", "5find", "3find")
          .hasSize(150);
      assertThat(trail.side(KeepTrail.RUNS))
          .hasSize(50)
          .extracting(RunRow::events)
          .containsOnly(5L);
      assertThat(trail.numEventTimeTimers()).isEqualTo(50);
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
