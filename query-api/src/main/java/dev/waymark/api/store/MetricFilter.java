package dev.waymark.api.store;

import org.jspecify.annotations.Nullable;

/**
 * Which events are measured; what is null does not restrict, and an empty model or action means
 * events that name none.
 *
 * @param range widened to whole minutes
 */
public record MetricFilter(
    @Nullable String agent, @Nullable String model, @Nullable String action, TimeRange range) {
  MetricFilter withRange(TimeRange other) {
    return new MetricFilter(agent, model, action, other);
  }
}
