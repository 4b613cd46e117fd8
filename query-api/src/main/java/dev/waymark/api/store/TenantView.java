package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An organisation.
 *
 * @param tenant as in events
 * @param name for people
 * @param disabledAt from when its credentials are good for nothing; null: they are good
 */
@Introspected
public record TenantView(
    String tenant, String name, Instant createdAt, @Nullable Instant disabledAt) {}
