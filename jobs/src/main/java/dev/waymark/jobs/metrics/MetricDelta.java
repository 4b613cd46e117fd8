package dev.waymark.jobs.metrics;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * Events to add to a bucket. Nobody changes it after it was sent.
 *
 * @param key {@link MetricKey#asText}
 * @param bucketMs start of the minute, ms since the epoch
 */
@TypeInfo(MetricDeltaTypeInfoFactory.class)
record MetricDelta(String key, long bucketMs, Totals totals) {}
