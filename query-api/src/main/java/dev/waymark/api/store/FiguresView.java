package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured over some stretch of time.
 *
 * @param runs that began in it; null where the filter or grouping is one that runs do not have
 *     (action)
 * @param violations that became certain in it; null where the filter or grouping is one they do not
 *     have (model, action)
 * @param eventsByType every type, also those that did not occur
 * @param errors events of type error and responses with a failed status
 * @param modelCalls pricedCalls + unpricedCalls
 * @param costUsd of the priced calls
 * @param toolLatencyMs as the responses tell it
 * @param modelLatencyMs as the model calls tell it
 */
@Introspected
public record FiguresView(
    @Nullable Long runs,
    @Nullable Long violations,
    long events,
    Map<String, Long> eventsByType,
    long errors,
    long modelCalls,
    long pricedCalls,
    long unpricedCalls,
    long inputTokens,
    long outputTokens,
    long cachedInputTokens,
    long cacheWriteInputTokens,
    double costUsd,
    LatencyView toolLatencyMs,
    LatencyView modelLatencyMs) {}
