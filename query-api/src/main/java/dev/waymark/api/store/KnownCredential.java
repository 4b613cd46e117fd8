package dev.waymark.api.store;

import dev.waymark.api.security.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A credential that is good now.
 *
 * @param expiresAt when it ends by itself; null: never
 * @param lastUsedAt of a key, within a minute; null: never
 */
public record KnownCredential(
    Caller caller, @Nullable Instant expiresAt, @Nullable Instant lastUsedAt) {}
