package dev.waymark.jobs.engine;

import com.google.common.math.LongMath;
import dev.waymark.jobs.types.Binary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * When a run's state goes, and its one timer. A timer that is too early costs one look; so it is
 * moved only to an earlier time, not at every event.
 */
public final class RunClock {
  private static final long NONE = Long.MIN_VALUE;

  private long lastSeenMs = NONE;
  private long timerMs = NONE;

  /** The run was touched by a record that stands for {@code timeMs}, read at {@code logTimeMs}. */
  public void touch(long timeMs, long logTimeMs) {
    lastSeenMs = Math.max(lastSeenMs, Math.max(timeMs, logTimeMs));
  }

  /** When the run may be forgotten. */
  public long forgetAtMs(long horizonMs) {
    return LongMath.saturatedAdd(lastSeenMs, horizonMs);
  }

  /** Whether a timer must be set to be in time for {@code dueMs}. */
  public boolean isTooLateFor(long dueMs) {
    return timerMs == NONE || dueMs < timerMs;
  }

  /** Remembers the timer that was set; returns the former one. */
  public long setTimer(long newTimerMs) {
    long before = timerMs;
    timerMs = newTimerMs;
    return before;
  }

  /** The timer has fired. */
  public void timerFired() {
    timerMs = NONE;
  }

  public void write(DataOutput out) throws IOException {
    Binary.writeNumber(out, lastSeenMs);
    Binary.writeNumber(out, timerMs);
  }

  public static RunClock read(DataInput in) throws IOException {
    RunClock clock = new RunClock();
    clock.lastSeenMs = Binary.readNumber(in);
    clock.timerMs = Binary.readNumber(in);
    return clock;
  }
}
