package dev.waymark.jobs.engine;

import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * Another current key for a moment. A state access that fails ends the task, so nothing need be put
 * right then.
 */
public final class CurrentKey {
  private CurrentKey() {}

  /** Makes {@code key} the current one, if it is not {@code before}. */
  public static void move(KeyContext keys, @Nullable Object before, Object key) {
    if (!key.equals(before)) {
      keys.setCurrentKey(key);
    }
  }

  /** Undoes {@link #move}; before the first record there was no key to go back to. */
  public static void moveBack(KeyContext keys, Object key, @Nullable Object before) {
    if (before != null && !key.equals(before)) {
      keys.setCurrentKey(before);
    }
  }
}
