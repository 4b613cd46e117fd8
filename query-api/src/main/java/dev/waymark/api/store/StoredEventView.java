package dev.waymark.api.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of any run, for those who ask across runs.
 *
 * @param identity idempotency key, else {@code seq:} and the number
 * @param costUsd the event's own or priced; null: no model call, or no price known
 * @param event the record, byte for byte
 */
public record StoredEventView(
    String tenant,
    String runId,
    String agentId,
    long seq,
    Instant t,
    String identity,
    @Nullable String action,
    @Nullable String userId,
    @Nullable String sessionId,
    @Nullable String traceId,
    @Nullable String model,
    @Nullable String provider,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable Double costUsd,
    @Nullable Double genLatencyMs,
    RawJson event) {}
