package dev.waymark.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waymark.api.store.StoredEventView;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event in the shape of the flat audit event. Null is what the event does not say.
 *
 * @param eventId its identity
 */
@Introspected
public record AuditEventView(
    String eventId,
    Instant timestamp,
    String agentInstanceId,
    @Nullable String traceId,
    String actor,
    @Nullable String actionType,
    String resource,
    @Nullable String status,
    @Nullable Double latencyMs,
    @Nullable JsonNode metadata) {

  static AuditEventView of(StoredEventView stored, JsonNode event) {
    JsonNode meta = event.path("meta");
    JsonNode payload = event.path("payload");
    return new AuditEventView(
        stored.identity(),
        stored.t(),
        stored.agentId(),
        stored.traceId(),
        event.path("actor").asText(),
        meta.path("action_type").asText(null),
        meta.path("resource").asText(),
        payload.path("status").asText(null),
        payload.path("latency_ms").isNumber() ? payload.path("latency_ms").asDouble() : null,
        meta.path("x").get("metadata"));
  }
}
