package dev.waymark.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a condition instead of for a time. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long POLL_MS = 50;

  private Await() {}

  /**
   * Returns once the condition holds; fails with what was waited for when it does not within a
   * minute and a half, or with what the condition throws.
   */
  public static void until(String what, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!condition.call()) {
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError("waited " + PATIENCE.toSeconds() + " s in vain for: " + what);
        }
        Thread.sleep(POLL_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for: " + what, e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("while waiting for: " + what, e);
    }
  }
}
