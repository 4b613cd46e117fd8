package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items in the list's order
 * @param nextCursor what to send as {@code cursor} for the items that follow; null: there are none
 */
@Introspected
public record PageView<T>(List<T> items, @Nullable String nextCursor) {}
