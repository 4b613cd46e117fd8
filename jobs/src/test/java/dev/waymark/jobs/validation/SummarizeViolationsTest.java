package dev.waymark.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.jobs.TestEvents;
import dev.waymark.schemas.violation.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummarizeViolationsTest {
  private static final int MAX_PARALLELISM = 128;
  private static final long WINDOW_MS = 60_000;
  private static final long KEPT_MS = 3_600_000;

  @Test
  void listsTheFirstOfAWindowAndCountsTheRest() throws Exception {
    try (var harness = harness(2)) {
      // Given five of one window, the earliest last, and one of the next
      harness.open();
      for (double seconds : List.of(4.0, 3.0, 5.0, 2.0, 1.0, 61.0)) {
        add(harness, seconds);
      }
      assertThat(harness.extractOutputValues()).as("before their time").isEmpty();

      // When the window's last ms has passed
      harness.processWatermark(new Watermark(TestEvents.millis(60) - 1));

      // Then
      List<Violation> out = harness.extractOutputValues();
      assertThat(out.subList(0, 2)).containsExactly(violation(1.0), violation(2.0));
      assertThat(out.get(2).message())
          .isEqualTo(
              "3 more violations of this rule between 2026-01-01T00:00:00Z and"
                  + " 2026-01-01T00:01:00Z; the first 2 are listed");
      assertThat(out.get(2).suppressed()).isEqualTo(3);
      assertThat(out.get(2).timeMicros()).isEqualTo(TestEvents.micros(60) - 1);
      assertThat(out).hasSize(3);

      harness.processWatermark(new Watermark(TestEvents.millis(61)));
      assertThat(harness.extractOutputValues().subList(3, 4)).containsExactly(violation(61));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void neitherArrivalNorWatermarksDecideWhichAreListed(long seed) throws Exception {
    // Given
    List<Violation> violations =
        new ArrayList<>(IntStream.range(0, 200).mapToObj(i -> violation(i / 2, "v" + i)).toList());
    Random random = new Random(seed);
    List<Violation> expected = new ArrayList<>(violations.subList(0, 7));
    expected.addAll(violations.subList(120, 127));

    // When each comes at any time before the watermark reaches it
    try (var harness = harness(7)) {
      harness.open();
      for (int from = 0; from < violations.size(); ) {
        int to = Math.min(violations.size(), from + 1 + random.nextInt(90));
        List<Violation> batch = new ArrayList<>(violations.subList(from, to));
        Collections.shuffle(batch, random);
        for (Violation violation : batch) {
          add(harness, violation, violation.timeMicros() / 1_000);
        }
        harness.processWatermark(new Watermark(batchEnd(violations, to)));
        from = to;
      }
      harness.processWatermark(Watermark.MAX_WATERMARK);

      // Then
      assertThat(harness.extractOutputValues())
          .filteredOn(violation -> violation.suppressed() == 0)
          .as("seed " + seed)
          .containsExactlyElementsOf(expected);
      assertThat(harness.extractOutputValues())
          .filteredOn(violation -> violation.suppressed() > 0)
          .extracting(Violation::suppressed)
          .containsExactly(113L, 73L);
    }
  }

  /** Just before the time of the next to come. */
  private static long batchEnd(List<Violation> violations, int next) {
    return next == violations.size()
        ? TestEvents.millis(100)
        : violations.get(next).timeMicros() / 1_000 - 1;
  }

  @Test
  void waitsForCasesThatSettle() throws Exception {
    try (var harness = harness(1)) {
      // Given two that are found ten seconds after their time, the later one first
      harness.open();
      add(harness, violation(59, "second"), TestEvents.millis(69));
      harness.processWatermark(new Watermark(TestEvents.millis(60)));
      add(harness, violation(58, "first"), TestEvents.millis(68));

      // When
      harness.processWatermark(new Watermark(TestEvents.millis(69)));

      // Then they are decided, and the window closes ten seconds after its end
      assertThat(harness.extractOutputValues()).containsExactly(violation(58, "first"));
      harness.processWatermark(new Watermark(TestEvents.millis(70) - 1));
      assertThat(harness.extractOutputValues())
          .extracting(Violation::suppressed)
          .containsExactly(0L, 1L);
    }
  }

  @Test
  void countsLateOnesInTheirWindowAndTellsItsSummaryAgain() throws Exception {
    try (var harness = harness(1)) {
      // Given a window that was summarised
      harness.open();
      add(harness, violation(1, "a"), TestEvents.millis(1));
      add(harness, violation(2, "b"), TestEvents.millis(2));
      harness.processWatermark(new Watermark(TestEvents.millis(60)));

      // When one comes behind the watermark
      add(harness, violation(0, "late"), TestEvents.millis(0));
      harness.processWatermark(new Watermark(TestEvents.millis(60) + 1));

      // Then
      List<Violation> out = harness.extractOutputValues();
      assertThat(out).extracting(Violation::suppressed).containsExactly(0L, 1L, 2L);
      assertThat(out.get(2).violationId()).isEqualTo(out.get(1).violationId());
      assertThat(out.get(2).message()).startsWith("2 more violations");
    }
  }

  @Test
  void countsLimitsApartFromVerdicts() throws Exception {
    try (var harness = harness(1)) {
      harness.open();
      add(harness, violation(1, "verdict"), TestEvents.millis(1));
      add(harness, violation("engine_limit", 1, "limit"), TestEvents.millis(1));

      harness.processWatermark(new Watermark(TestEvents.millis(1)));

      assertThat(harness.extractOutputValues())
          .extracting(Violation::violationId)
          .containsExactlyInAnyOrder("verdict", "limit");
    }
  }

  @Test
  void passesAllAtOnceWithoutALimit() throws Exception {
    try (var harness = harness(0)) {
      harness.open();
      add(harness, 2);
      add(harness, 1);

      assertThat(harness.extractOutputValues()).containsExactly(violation(2), violation(1));
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void stateAndTimersAreGoneAnHourAfterTheWindow() throws Exception {
    try (var harness = harness(1)) {
      // Given
      harness.open();
      add(harness, 1);
      add(harness, 2);
      harness.processWatermark(new Watermark(TestEvents.millis(60)));
      long forgottenMs = TestEvents.millis(0) + WINDOW_MS - 1 + KEPT_MS;

      // When
      harness.processWatermark(new Watermark(forgottenMs - 1));
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);
      assertThat(harness.numKeyedStateEntries()).isPositive();
      harness.processWatermark(new Watermark(forgottenMs));

      // Then
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void holdsNoMoreThanTwiceTheLimit() throws Exception {
    try (var harness = harness(5)) {
      // Given a watermark that stands still
      harness.open();
      for (int i = 1_000; i > 0; i--) {
        add(harness, violation(0, "v" + (1_000 + i)), TestEvents.millis(0));
      }

      // When
      OperatorSubtaskState state = harness.snapshot(1, 0);

      // Then what is kept is short, and the first are those that pass
      assertThat(state.getManagedKeyedState().iterator().next().getStateSize()).isLessThan(20_000);
      harness.processWatermark(new Watermark(TestEvents.millis(60)));
      assertThat(harness.extractOutputValues())
          .extracting(Violation::violationId)
          .startsWith("v1001", "v1002", "v1003", "v1004", "v1005");
      assertThat(harness.extractOutputValues())
          .extracting(Violation::suppressed)
          .containsExactly(0L, 0L, 0L, 0L, 0L, 995L);
    }
  }

  @Test
  void goesOnAfterARestoreWithMoreInstances() throws Exception {
    // Given
    OperatorSubtaskState state;
    try (var harness = harness(2)) {
      harness.open();
      add(harness, 1);
      harness.processWatermark(new Watermark(TestEvents.millis(1)));
      add(harness, 3);
      add(harness, 4);
      state = harness.snapshot(1, 1);
    }

    // When
    List<Violation> out = new ArrayList<>();
    for (int index = 0; index < 2; index++) {
      try (var harness = harness(2, 2, index)) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MAX_PARALLELISM, 1, 2, index));
        harness.open();
        harness.processWatermark(new Watermark(TestEvents.millis(60)));
        out.addAll(harness.extractOutputValues());
      }
    }

    // Then
    assertThat(out.get(0)).isEqualTo(violation(3));
    assertThat(out).extracting(Violation::suppressed).containsExactly(0L, 1L);
  }

  @Test
  void travelsWithoutKryo() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(FoundViolation.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(WindowCount.class);
  }

  private static void add(
      KeyedOneInputStreamOperatorTestHarness<String, Violation, Violation> harness, double seconds)
      throws Exception {
    add(harness, violation(seconds), TestEvents.millis(seconds));
  }

  private static void add(
      KeyedOneInputStreamOperatorTestHarness<String, Violation, Violation> harness,
      Violation violation,
      long foundMs)
      throws Exception {
    harness.processElement(new StreamRecord<>(violation, foundMs));
  }

  private static Violation violation(double seconds) {
    return violation(seconds, "at-" + seconds);
  }

  private static Violation violation(double seconds, String id) {
    return violation("sequence", seconds, id);
  }

  private static Violation violation(String kind, double seconds, String id) {
    return new Violation(
        id,
        "t",
        "rule",
        "version",
        kind,
        "response",
        "ERROR",
        "r1",
        "r1@",
        "r1",
        "a",
        TestEvents.micros(seconds),
        "broken",
        List.of(),
        Map.of(),
        List.of("tag"),
        "",
        "",
        false,
        0);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Violation, Violation> harness(
      int maxPerWindow) throws Exception {
    return harness(maxPerWindow, 1, 0);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Violation, Violation> harness(
      int maxPerWindow, int parallelism, int index) throws Exception {
    SummaryConfig config = new SummaryConfig(maxPerWindow, WINDOW_MS);
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new SummarizeViolations(config)),
        SummarizeViolations.key(config),
        Types.STRING,
        MAX_PARALLELISM,
        parallelism,
        index);
  }
}
