package dev.waymark.jobs.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.jobs.BrokenEvents;
import dev.waymark.jobs.TestEvents;
import dev.waymark.schemas.Topics;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordDecoderTest {
  private final RecordDecoder decoder = new RecordDecoder("test", TestEvents.DECODE, 300_000);

  static Stream<Arguments> corpus() {
    return BrokenEvents.all().entrySet().stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("corpus")
  void brokenEventEndsAsDeadLetterOrEvent(String name, BrokenEvents.Case broken) {
    Incoming incoming = decode(broken.value());

    DeadLetter letter = incoming.deadLetter();
    assertThat(letter == null ? BrokenEvents.ACCEPTED : letter.reason())
        .as(letter == null ? "accepted" : letter.detail())
        .isEqualTo(broken.outcome());
    if (letter != null) {
      assertThat(letter.raw()).isEqualTo(broken.value());
      assertThat(letter.detail()).hasSizeLessThan(1_100).doesNotContain("\0");
    }
  }

  private Incoming decode(byte[] value) {
    return decoder.decode(new RawRecord(value, Topics.EVENTS, 3, 77, TestEvents.millis(0)));
  }
}
