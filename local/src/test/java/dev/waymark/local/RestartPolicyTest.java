package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RestartPolicyTest {
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

  private final SetClock clock = new SetClock();
  private final RestartPolicy policy = new RestartPolicy(clock);

  @Test
  void waitsTwiceAsLongEachTimeAndThenGivesUp() {
    List<RestartPolicy.Verdict> verdicts =
        IntStream.rangeClosed(1, 7).mapToObj(n -> policy.next("kafka")).toList();

    assertThat(verdicts.stream().limit(6).map(v -> v.delay().toMillis()))
        .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L);
    assertThat(verdicts.stream().map(RestartPolicy.Verdict::again))
        .containsExactly(true, true, true, true, true, true, false);
  }

  @Test
  void beginsAnewAfterALongLife() {
    policy.next("kafka");
    policy.next("kafka");

    clock.now = START.plus(Duration.ofMinutes(6));

    assertThat(policy.next("kafka"))
        .isEqualTo(new RestartPolicy.Verdict(true, 1, Duration.ofMillis(500)));
  }

  @Test
  void countsEachServiceForItself() {
    policy.next("kafka");

    assertThat(policy.next("api").attempts()).isEqualTo(1);
  }

  private static final class SetClock extends Clock {
    private Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
