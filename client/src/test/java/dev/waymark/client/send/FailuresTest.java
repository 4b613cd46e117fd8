package dev.waymark.client.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.client.PublishException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private final Failures failures = new Failures();

  @Test
  void aRecordThatIsTooLargeSaysNothingOfTheOthers() {
    failures.settled(null);
    failures.settled(new PublishException("too large", new RecordTooLargeException()));

    assertThat(failures.count()).isEqualTo(1);
    assertThat(failures.areHopeless()).isFalse();
  }

  @Test
  void aKafkaThatDoesNotAnswerMakesTheRestHopeless() {
    failures.settled(new PublishException("no answer", new TimeoutException()));

    assertThat(failures.areHopeless()).isTrue();
  }

  @Test
  void aFewDifferentMessagesAreKept() {
    for (int i = 0; i < 100; i++) {
      failures.settled(new PublishException("message " + i % 5));
    }

    assertThat(failures.count()).isEqualTo(100);
    assertThat(failures.messages()).containsExactly("message 0", "message 1", "message 2");
  }
}
