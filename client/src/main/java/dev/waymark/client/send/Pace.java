package dev.waymark.client.send;

import java.util.concurrent.TimeUnit;

/** Holds a stream to its recorded pace, or a multiple of it. */
final class Pace {
  private static final long MAX_NAP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final double speed;
  private final Timer timer;
  private long firstMicros = Long.MIN_VALUE;
  private long startNanos;

  /** The clock that runs while nothing is sent. */
  interface Timer {
    Timer SYSTEM =
        new Timer() {
          @Override
          public long nanoTime() {
            return System.nanoTime();
          }

          @Override
          public void sleep(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(nanos);
          }
        };

    long nanoTime();

    void sleep(long nanos) throws InterruptedException;
  }

  /**
   * @param speed 1: as recorded; 2: twice as fast; 0: without a pause
   */
  Pace(double speed, Timer timer) {
    this.speed = speed;
    this.timer = timer;
  }

  boolean isHeld() {
    return speed > 0;
  }

  /**
   * Waits until a line of this time is due, the first one at once; calls {@code whileWaiting} about
   * once a second.
   */
  void await(long micros, Runnable whileWaiting) throws InterruptedException {
    if (!isHeld() || micros == Long.MIN_VALUE) {
      return;
    }
    if (firstMicros == Long.MIN_VALUE) {
      firstMicros = micros;
      startNanos = timer.nanoTime();
    }
    double dueNanos = (micros - firstMicros) * 1_000.0 / speed;
    for (long left = left(dueNanos); left > 0; left = left(dueNanos)) {
      timer.sleep(Math.min(left, MAX_NAP_NANOS));
      whileWaiting.run();
    }
  }

  private long left(double dueNanos) {
    return (long) (dueNanos - (timer.nanoTime() - startNanos));
  }
}
