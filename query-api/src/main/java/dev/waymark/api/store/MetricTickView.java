package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/**
 * One minute of one agent, as far as it has been measured; it replaces what was told of the same
 * minute before.
 *
 * @param at beginning of the minute
 * @param costUsd of the priced calls
 */
@Introspected
public record MetricTickView(
    String tenant,
    String agentId,
    Instant at,
    long events,
    long errors,
    long modelCalls,
    long inputTokens,
    long outputTokens,
    double costUsd) {}
