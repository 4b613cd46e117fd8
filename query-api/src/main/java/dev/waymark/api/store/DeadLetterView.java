package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record no job could take.
 *
 * @param job which could not
 * @param reason a code, such as not_json
 * @param detail what was wrong, with path and value
 * @param detectedAt when the broker took the record
 * @param rawBytes how many bytes the record has
 * @param rawBase64 its bytes, or the first of them
 * @param rawText the same as text; null where they are not UTF-8
 * @param rawTruncated whether {@code rawBase64} and {@code rawText} are only the beginning; the
 *     topic holds the rest
 */
@Introspected
public record DeadLetterView(
    String topic,
    int partition,
    long offset,
    String job,
    String reason,
    String detail,
    Instant detectedAt,
    long rawBytes,
    String rawBase64,
    @Nullable String rawText,
    boolean rawTruncated) {}
