package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;

/**
 * The decisions of one session.
 *
 * @param firstAt of its first decision in the range
 * @param lastAt of its last decision in the range
 * @param costUsd of the priced decisions
 * @param userIds whose decisions they are
 */
@Introspected
public record DecisionSessionView(
    String tenant,
    String sessionId,
    Instant firstAt,
    Instant lastAt,
    long decisions,
    long inputTokens,
    long outputTokens,
    double costUsd,
    List<String> models,
    List<String> userIds) {}
