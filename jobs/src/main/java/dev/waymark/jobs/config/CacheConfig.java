package dev.waymark.jobs.config;

import java.io.Serializable;

/**
 * How much state one operator instance holds in memory in front of its state backend.
 *
 * @param maxBytes estimated bytes of all values
 * @param maxDirtyBytes estimated bytes of the values that are not yet written back; bounds how long
 *     a checkpoint's synchronous part takes
 */
public record CacheConfig(long maxBytes, long maxDirtyBytes) implements Serializable {
  static final Setting<Long> MAX_BYTES =
      Setting.number(
          "state.cache-bytes", 1, 32L << 20, "State in memory an operator instance, bytes.");
  static final Setting<Long> MAX_DIRTY_BYTES =
      Setting.number(
          "state.cache-dirty-bytes", 1, 16L << 20, "Of it not yet written to the backend, bytes.");

  public static CacheConfig from(Settings settings) {
    return new CacheConfig(settings.get(MAX_BYTES), settings.get(MAX_DIRTY_BYTES));
  }
}
