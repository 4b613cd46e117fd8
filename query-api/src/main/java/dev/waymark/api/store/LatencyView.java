package dev.waymark.api.store;

import dev.waymark.schemas.metric.LatencySketch;
import io.micronaut.core.annotation.Introspected;
import org.jspecify.annotations.Nullable;

/**
 * Latencies in ms. A percentile lies within 1 % of the exact one at rank ⌊q(n−1)⌋.
 *
 * @param count how many were measured
 * @param p50 null where none was, as are the others
 */
@Introspected
public record LatencyView(
    long count, @Nullable Double p50, @Nullable Double p95, @Nullable Double p99) {
  static LatencyView of(LatencySketch sketch) {
    return sketch.isEmpty()
        ? new LatencyView(0, null, null, null)
        : new LatencyView(
            sketch.count(), sketch.quantile(0.5), sketch.quantile(0.95), sketch.quantile(0.99));
  }
}
