package dev.waymark.jobs.topology;

import static dev.waymark.jobs.TestEvents.finalizeJson;
import static dev.waymark.jobs.TestEvents.heartbeatJson;
import static dev.waymark.jobs.TestEvents.incoming;
import static dev.waymark.jobs.TestEvents.json;
import static dev.waymark.jobs.TestEvents.millis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.jobs.books.BookCounter;
import dev.waymark.jobs.books.BookDelta;
import dev.waymark.jobs.books.Books;
import dev.waymark.jobs.ports.Incoming;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class EventIntakeTest {
  private static final long OUT_OF_ORDERNESS_MS = 5_000;
  private static final double KAFKA_SECONDS = 1_000;

  @Test
  void tellsHowFarThePartitionsTimeHadCome() throws Exception {
    try (var intake = harness()) {
      intake.open();
      send(intake, json("r", 1, 10, "error", "", ""));
      send(intake, json("r", 2, 20, "error", "", ""));
      send(intake, json("r", 3, 14.999, "error", "", ""));
      send(intake, json("r", 4, 15, "error", "", ""));

      assertThat(intake.extractOutputValues())
          .extracting(Incoming::logTimeMs)
          .containsExactly(Incoming.NO_TIME, millis(5) - 1, millis(15) - 1, millis(15) - 1);
      assertThat(intake.extractOutputValues())
          .extracting(Incoming::isLate)
          .containsExactly(false, false, true, false);
    }
  }

  @Test
  void heartbeatsMoveTimeAndEndHereButSkewedRecordsMoveNone() throws Exception {
    try (var intake = harness()) {
      intake.open();
      send(intake, heartbeatJson(100));
      send(intake, heartbeatJson(KAFKA_SECONDS + 301));
      send(intake, json("r", 1, KAFKA_SECONDS + 301, "error", "", ""));
      send(intake, finalizeJson("r", 101));
      send(intake, json("r", 2, 50, "error", "", ""));

      assertThat(intake.extractOutputValues())
          .extracting(Incoming::logTimeMs)
          .containsExactly(millis(95) - 1, millis(95) - 1, millis(96) - 1);
    }
  }

  @Test
  void entersEverythingInTheBooksOnce() throws Exception {
    try (var intake = harness()) {
      intake.open();
      send(intake, heartbeatJson(1));
      send(intake, finalizeJson("r", 1));
      send(intake, json("r", 1, 1, "error", "", ""));
      send(intake, "broken");

      intake.getOneInputOperator().prepareSnapshotPreBarrier(1);
      intake.getOneInputOperator().prepareSnapshotPreBarrier(2);

      assertThat(intake.getSideOutput(Books.DELTAS))
          .extracting(StreamRecord::getValue)
          .containsExactly(
              new BookDelta(BookCounter.READ, 2),
              new BookDelta(BookCounter.DEAD_LETTERS, 1),
              new BookDelta(BookCounter.CONTROL, 2));
      assertThat(intake.getSideOutput(EventIntake.DEAD_LETTERS)).hasSize(1);
    }
  }

  @Test
  void remembersTheTimeOfPartitionsOverARestore() throws Exception {
    OperatorSubtaskState state;
    try (var intake = harness()) {
      intake.open();
      send(intake, json("r", 1, 10, "error", "", ""));
      state = intake.snapshot(1, 1);
    }
    try (var intake = harness()) {
      intake.initializeState(state);
      intake.open();
      send(intake, json("r", 2, 10, "error", "", ""));

      assertThat(intake.extractOutputValues())
          .extracting(Incoming::logTimeMs)
          .containsExactly(millis(5) - 1);
    }
  }

  private static void send(
      OneInputStreamOperatorTestHarness<Incoming, Incoming> intake, String json) throws Exception {
    intake.processElement(incoming(json, 1, KAFKA_SECONDS), 0);
  }

  private static OneInputStreamOperatorTestHarness<Incoming, Incoming> harness() throws Exception {
    return new OneInputStreamOperatorTestHarness<>(new EventIntake(OUT_OF_ORDERNESS_MS));
  }
}
