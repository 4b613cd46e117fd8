package dev.waymark.jobs.config;

import java.io.Serializable;

/**
 * How much state one operator instance holds in memory in front of its state backend.
 *
 * @param maxBytes estimated bytes of all values; bounds how long a checkpoint's synchronous part
 *     takes as well
 */
public record CacheConfig(long maxBytes) implements Serializable {
  private static final long DEFAULT_MAX_BYTES = 64L << 20;

  static final Setting<Long> MAX_BYTES =
      Setting.number(
          "state.cache-bytes",
          1,
          DEFAULT_MAX_BYTES,
          "State in memory an operator instance, bytes.");

  public static final CacheConfig DEFAULT = new CacheConfig(DEFAULT_MAX_BYTES);

  public static CacheConfig from(Settings settings) {
    return new CacheConfig(settings.get(MAX_BYTES));
  }
}
