package dev.waymark.api.store;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Totals over a range.
 *
 * @param from beginning of the range that was measured: what was asked for, widened to whole
 *     minutes (to hours where minutes are no longer kept); of all there is where nothing was asked
 *     for; null where nothing is stored
 * @param to its end, exclusive; null as {@code from}
 */
@Introspected
public record MetricsView(
    @Nullable Instant from, @Nullable Instant to, @JsonUnwrapped FiguresView figures) {}
