package dev.waymark.api.store;

import org.jspecify.annotations.Nullable;

/**
 * Which decisions are asked for; what is null does not restrict.
 *
 * @param action what stands for the decision's type
 */
public record DecisionFilter(
    @Nullable String userId,
    @Nullable String sessionId,
    @Nullable String action,
    @Nullable String model,
    TimeRange range) {}
