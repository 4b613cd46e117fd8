package dev.waymark.api.store;

import org.jspecify.annotations.Nullable;

/**
 * Which runs are asked for; what is null does not restrict.
 *
 * @param agent of the run's first event
 * @param started when the run began
 * @param hasViolations whether violations were found in it
 */
public record RunFilter(
    @Nullable String agent,
    @Nullable RunStatus status,
    TimeRange started,
    @Nullable Boolean hasViolations) {}
