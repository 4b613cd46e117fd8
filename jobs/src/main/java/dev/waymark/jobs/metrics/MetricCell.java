package dev.waymark.jobs.metrics;

/**
 * A window of a key.
 *
 * @param key {@link MetricKey#asText}
 * @param bucketMs start of the window, ms since the epoch
 */
record MetricCell(String key, long bucketMs) {}
