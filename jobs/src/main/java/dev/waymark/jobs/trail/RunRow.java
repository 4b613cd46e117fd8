package dev.waymark.jobs.trail;

import org.jspecify.annotations.Nullable;

/**
 * A row of table {@code runs}; times in µs since the epoch. Its revision is {@code events}, the
 * number of events it counts.
 *
 * @param finalizedAtMicros when its finalize record says that it ended; null: there is none
 */
public record RunRow(
    String tenant,
    String runId,
    String agentId,
    String status,
    long startedAtMicros,
    long lastEventAtMicros,
    @Nullable Long endedAtMicros,
    @Nullable Long finalizedAtMicros,
    double durationMs,
    long events,
    String eventsByTypeJson,
    long errors,
    long modelCalls,
    long unpricedCalls,
    long inputTokens,
    long outputTokens,
    long cachedInputTokens,
    double costUsd,
    String[] models,
    long lateEvents,
    long duplicates,
    long conflicts) {}
