package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of a run, without its record.
 *
 * @param identity idempotency key, else {@code seq:} and the number
 * @param action of a response: that of the request it answers
 * @param callId joins a request and its response
 * @param status of a response
 * @param inputTokens null: no model call, as are the other figures of one
 * @param costUsd the event's own or priced; null: no model call, or no price known
 * @param latencyMs of a response: the tool's
 * @param genLatencyMs of a model call
 * @param late it came behind the watermark
 * @param clockSkew it was more than 5 minutes ahead of its Kafka timestamp
 */
@Introspected
public record TimelineEventView(
    long seq,
    Instant t,
    String identity,
    String type,
    String actor,
    @Nullable String action,
    @Nullable String callId,
    @Nullable String status,
    @Nullable String model,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable Double costUsd,
    @Nullable Double latencyMs,
    @Nullable Double genLatencyMs,
    boolean late,
    boolean clockSkew) {

  Cursor cursor() {
    return Cursor.of(Cursor.Kind.TRAIL, t, seq, identity);
  }
}
