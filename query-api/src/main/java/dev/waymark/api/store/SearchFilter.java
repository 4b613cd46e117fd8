package dev.waymark.api.store;

import dev.waymark.api.text.TextQuery;
import org.jspecify.annotations.Nullable;

/**
 * Which events are searched for; what is null does not restrict.
 *
 * @param agent of the event
 * @param range of the event's time
 */
public record SearchFilter(TextQuery text, @Nullable String agent, TimeRange range) {}
