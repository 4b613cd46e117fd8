package dev.waymark.jobs.metrics;

import org.jspecify.annotations.Nullable;

/**
 * A row of {@code metrics_1m}, {@code metrics_1h} or {@code metrics_1d}. Its revision is {@code
 * events}.
 *
 * @param bucketMs start of the window, ms since the epoch
 * @param eventsByType in the order of {@link EventTypes#ALL}
 * @param latencySketch {@link dev.waymark.schemas.metric.LatencySketch#toBytes}; null: none
 *     measured
 */
public record MetricRow(
    MetricKey key,
    long bucketMs,
    long events,
    long[] eventsByType,
    long errors,
    long modelCalls,
    long pricedCalls,
    long inputTokens,
    long outputTokens,
    long cachedInputTokens,
    long cacheWriteInputTokens,
    double costUsd,
    byte @Nullable [] latencySketch,
    byte @Nullable [] genLatencySketch) {}
