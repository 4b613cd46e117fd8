package dev.waymark.jobs.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

class SumBooksTest {

  @Test
  void writesTotalsAtEachCheckpointAndGoesOnAfterARestore() throws Exception {
    // Given
    OperatorSubtaskState state;
    try (var harness = harness()) {
      harness.open();
      harness.processElement(new BookDelta(BookCounter.READ, 10), 0);
      harness.processElement(new BookDelta(BookCounter.READ, 5), 0);
      harness.processWatermark(new Watermark(1_000));

      // When
      harness.prepareSnapshotPreBarrier(7);

      // Then
      assertThat(harness.extractOutputValues())
          .containsExactlyInAnyOrder(
              new BookRow("trail", "read", 15, 7, 1_000L),
              new BookRow("trail", "accepted", 0, 7, 1_000L));
      state = harness.snapshot(7, 0);
    }
    try (var harness = harness()) {
      harness.initializeState(state);
      harness.open();
      harness.processElement(new BookDelta(BookCounter.READ, 1), 0);
      harness.endInput();
      harness.getOneInputOperator().finish();

      assertThat(harness.extractOutputValues()).contains(new BookRow("trail", "read", 16, 0, null));
    }
  }

  @Test
  void travelsWithoutKryo() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(BookDelta.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(BookRow.class);
  }

  private static OneInputStreamOperatorTestHarness<BookDelta, BookRow> harness() throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new SumBooks("trail", EnumSet.of(BookCounter.READ, BookCounter.ACCEPTED)));
  }
}
