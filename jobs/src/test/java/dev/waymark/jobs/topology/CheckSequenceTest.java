package dev.waymark.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.waymark.jobs.TestEvents;
import dev.waymark.jobs.config.ChecksConfig;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.schemas.violation.Violation;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class CheckSequenceTest {
  private static final ChecksConfig ALL_CHECKS = config("{ id: \"*\" }");

  @Test
  void tellsOfGapsAndStepsBackOfEachRun() throws Exception {
    try (var harness = harness(ALL_CHECKS)) {
      harness.open();

      send(harness, "r", 4, 5, 5, 8, 6, 9);
      send(harness, "other", 1, 2);

      assertThat(harness.extractOutputValues())
          .extracting(
              Violation::ruleId,
              Violation::message,
              violation -> violation.facts().get("found"),
              violation -> violation.facts().get("refused"))
          .containsExactly(
              tuple(
                  "check-sequence",
                  "seq: follows 5, so numbers between are missing",
                  "gap",
                  "false"),
              tuple("check-sequence", "seq: comes after 8", "step_back", "false"));
    }
  }

  @Test
  void goesOnAfterARestart() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness(ALL_CHECKS)) {
      harness.open();
      send(harness, "r", 1, 2);
      snapshot = harness.snapshot(1, 1);
    }

    try (var harness = harness(ALL_CHECKS)) {
      harness.initializeState(snapshot);
      harness.open();
      send(harness, "r", 3, 5);

      assertThat(harness.extractOutputValues())
          .extracting(Violation::message)
          .containsExactly("seq: follows 3, so numbers between are missing");
    }
  }

  @Test
  void leavesToTheDoorWhatItChecked() throws Exception {
    try (var harness = harness(ALL_CHECKS)) {
      harness.open();
      send(harness, "r", 1);
      Incoming event = event("r", 7);
      Incoming checked =
          new Incoming(event.decoded(), null, 0, 0, event.kafkaTimestampMs(), false, 0, true);
      harness.processElement(new StreamRecord<>(checked));
      harness.processElement(
          new StreamRecord<>(TestEvents.incoming(TestEvents.finalizeJson("r", 9), 0, 0)));
      send(harness, "r", 8);

      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }

  @Test
  void asksOnlyTenantsThatHaveTheCheck() throws Exception {
    try (var harness = harness(config("{ id: \"*\", checks: { sequence: off } }"))) {
      harness.open();

      send(harness, "r", 1, 7);

      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }

  private static ChecksConfig config(String tenant) {
    return new ChecksConfig("version: 1\ntenants: [ " + tenant + " ]", Map.of(), Map.of(), "");
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Incoming, Violation> harness(
      ChecksConfig config) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new CheckSequence(config)), CheckSequence::key, Types.STRING);
  }

  private static void send(
      KeyedOneInputStreamOperatorTestHarness<String, Incoming, Violation> harness,
      String runId,
      long... numbers)
      throws Exception {
    for (long number : numbers) {
      harness.processElement(new StreamRecord<>(event(runId, number)));
    }
  }

  private static Incoming event(String runId, long seq) {
    String json = TestEvents.json(runId, seq, seq, "reasoning", "\"goal\":\"none\"", "");
    return TestEvents.incoming(json, 0, seq);
  }
}
