package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of a run's trail.
 *
 * @param identity idempotency key, else {@code seq:} and the number
 * @param action of a response: that of the request it answers
 * @param costUsd the event's own or priced; null: no model call, or no price known
 * @param costSource recorded, priced or unpriced; null: no model call
 * @param late it came behind the watermark
 * @param clockSkew it was more than 5 minutes ahead of its Kafka timestamp
 * @param partition of the events topic
 * @param offset in that partition
 * @param sha256 of the record's bytes, in hex
 * @param event the record, byte for byte; where its payload was put away ({@code
 *     meta.payload_ref}), with the payload back in its place, unless references were asked for
 */
@Introspected
public record TrailEventView(
    long seq,
    Instant t,
    String identity,
    @Nullable String action,
    @Nullable Double costUsd,
    @Nullable String costSource,
    boolean late,
    boolean clockSkew,
    int partition,
    long offset,
    String sha256,
    RawJson event) {

  /** What to send as {@code cursor} for the events behind this one. */
  public String cursorBehind() {
    return cursor().encode();
  }

  Cursor cursor() {
    return Cursor.of(Cursor.Kind.TRAIL, t, seq, identity);
  }

  /** The same with a record that shows more. */
  public TrailEventView withEvent(RawJson shown) {
    return new TrailEventView(
        seq,
        t,
        identity,
        action,
        costUsd,
        costSource,
        late,
        clockSkew,
        partition,
        offset,
        sha256,
        shown);
  }
}
