package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run.
 *
 * @param agentId of the run's first event
 * @param status running, completed, failed or timed_out
 * @param endedAt null while it runs
 * @param durationMs from its first event to its last
 * @param errors events of type error and responses with a failed status
 * @param costUsd of the priced calls
 * @param violations found in this run so far
 */
@Introspected
public record RunView(
    String tenant,
    String runId,
    String agentId,
    String status,
    Instant startedAt,
    Instant lastEventAt,
    @Nullable Instant endedAt,
    double durationMs,
    long events,
    Map<String, Long> eventsByType,
    long errors,
    long modelCalls,
    long unpricedCalls,
    long inputTokens,
    long outputTokens,
    long cachedInputTokens,
    double costUsd,
    List<String> models,
    long lateEvents,
    long duplicates,
    long conflicts,
    long violations) {}
