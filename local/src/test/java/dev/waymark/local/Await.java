package dev.waymark.local;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a condition, however fast or slow the machine is. */
final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long POLL_MS = 50;

  private Await() {}

  static void until(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(Text.of("not within %d s: %s", PATIENCE.toSeconds(), what));
      }
      Thread.sleep(POLL_MS);
    }
  }
}
