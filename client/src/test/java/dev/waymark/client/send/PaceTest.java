package dev.waymark.client.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final FakeTimer timer = new FakeTimer();
  private int waits;

  @Test
  void keepsTheRecordedDistances() throws InterruptedException {
    Pace pace = new Pace(1, timer);

    assertThat(secondsAfter(pace, 1_000_000)).isZero();
    assertThat(secondsAfter(pace, 3_500_000)).isEqualTo(2.5);
    assertThat(waits).isEqualTo(3);
    assertThat(secondsAfter(pace, 3_000_000)).isEqualTo(2.5);
    assertThat(secondsAfter(pace, 4_000_000)).isEqualTo(3);
  }

  @Test
  void aMultipleIsThatMuchFaster() throws InterruptedException {
    Pace pace = new Pace(60, timer);

    assertThat(secondsAfter(pace, 0)).isZero();
    assertThat(secondsAfter(pace, TimeUnit.HOURS.toMicros(1))).isEqualTo(60);
  }

  @Test
  void withoutASpeedNothingWaits() throws InterruptedException {
    Pace pace = new Pace(0, timer);

    assertThat(secondsAfter(pace, 0)).isZero();
    assertThat(secondsAfter(pace, TimeUnit.DAYS.toMicros(1))).isZero();
    assertThat(waits).isZero();
  }

  private double secondsAfter(Pace pace, long micros) throws InterruptedException {
    pace.await(micros, () -> waits++);
    return timer.nanos / 1e9;
  }

  private static final class FakeTimer implements Pace.Timer {
    private long nanos;

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public void sleep(long nap) {
      nanos += nap;
    }
  }
}
