package dev.waymark.api.store;

import org.jspecify.annotations.Nullable;

/**
 * Which violations are asked for; what is null does not restrict.
 *
 * @param rule id of the rule
 * @param kind sequence, timelag, missing_step, frequency or engine_limit
 * @param severity INFO, WARNING, ERROR or CRITICAL
 * @param agent of the deciding event
 * @param run the run whose case it was
 * @param certain event time at which it became certain
 */
public record ViolationFilter(
    @Nullable String rule,
    @Nullable String kind,
    @Nullable String severity,
    @Nullable String agent,
    @Nullable String run,
    TimeRange certain) {}
