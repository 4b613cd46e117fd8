package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that an organisation's agents sign events with, without the key.
 *
 * @param keyId what a signature names
 * @param notAfter events after it are not signed by it; null: any
 */
@Introspected
public record SigningKeyView(
    String tenant,
    String keyId,
    Instant createdAt,
    @Nullable Instant notAfter,
    @Nullable Instant revokedAt) {}
