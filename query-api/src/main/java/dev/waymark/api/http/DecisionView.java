package dev.waymark.api.http;

import dev.waymark.api.doors.DecisionEvents;
import dev.waymark.api.store.StoredEventView;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A decision without its words.
 *
 * @param costUsd its own or priced; null: no price known
 * @param durationMs of the model
 */
@Introspected
public record DecisionView(
    String id,
    String tenant,
    String runId,
    String agentId,
    Instant timestamp,
    @Nullable String userId,
    @Nullable String sessionId,
    String decisionType,
    @Nullable String model,
    @Nullable String provider,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable Double costUsd,
    @Nullable Double durationMs) {

  static DecisionView of(StoredEventView event) {
    return new DecisionView(
        event.identity(),
        event.tenant(),
        event.runId(),
        event.agentId(),
        event.t(),
        event.userId(),
        event.sessionId(),
        String.valueOf(event.action()).substring(DecisionEvents.ACTION_PREFIX.length()),
        event.model(),
        event.provider(),
        event.inputTokens(),
        event.outputTokens(),
        event.costUsd(),
        event.genLatencyMs());
  }
}
