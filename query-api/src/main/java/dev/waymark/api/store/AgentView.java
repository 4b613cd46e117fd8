package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One agent, and how it fared in a range.
 *
 * @param lastSeenAt time of its last event, whatever the range: of the runs it began, to the µs; of
 *     events in runs that another began, the hour in which it lies. Null where nothing is known yet
 * @param silentSince {@code lastSeenAt} where that is longer ago than was asked for; null: it is
 *     not silent
 * @param runs that it began in the range
 * @param runningRuns of those, the ones that still run
 * @param violations that became certain in the range and were its own
 * @param violationRate share of {@code runs} in which a rule was broken; null where there are none
 * @param errors events of type error and responses with a failed status
 * @param costUsd of the priced calls
 * @param toolLatencyMs as the responses tell it
 * @param modelLatencyMs as the model calls tell it
 */
@Introspected
public record AgentView(
    String tenant,
    String agentId,
    @Nullable Instant lastSeenAt,
    @Nullable Instant silentSince,
    long runs,
    long runningRuns,
    long violations,
    @Nullable Double violationRate,
    long events,
    long errors,
    long modelCalls,
    long unpricedCalls,
    double costUsd,
    LatencyView toolLatencyMs,
    LatencyView modelLatencyMs) {}
