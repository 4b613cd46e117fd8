package dev.waymark.schemas.metric;

import dev.waymark.schemas.event.Usage;

/**
 * What a model's tokens cost from a time on, in USD a million tokens.
 *
 * @param effectiveFromMicros in µs since the epoch, inclusive
 * @param input of prompt tokens that were neither read from nor written to the cache
 * @param cachedInput of prompt tokens read from the cache
 * @param cacheWrite of prompt tokens written to the cache
 * @param output of generated tokens
 */
public record Price(
    long effectiveFromMicros, double input, double cachedInput, double cacheWrite, double output) {
  private static final double MILLION = 1_000_000;

  /**
   * The cost of a call in USD. Counts that contradict each other, more cached than there are, cost
   * no negative amount.
   */
  public double costUsd(Usage usage) {
    long plain =
        Math.max(
            0, usage.inputTokens() - usage.cachedInputTokens() - usage.cacheWriteInputTokens());
    return (plain * input
            + usage.cachedInputTokens() * cachedInput
            + usage.cacheWriteInputTokens() * cacheWrite
            + usage.outputTokens() * output)
        / MILLION;
  }
}
