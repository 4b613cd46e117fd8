package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An API key, without the key.
 *
 * @param role what it is good for: its account's role or a lesser one
 * @param agentId the one agent it is for; null: as its account
 * @param lastUsedAt within a minute; null: never
 * @param replacedBy the key that takes over from it; null: none
 */
@Introspected
public record KeyView(
    String keyId,
    String accountId,
    String tenant,
    String role,
    @Nullable String agentId,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt,
    @Nullable String replacedBy) {}
