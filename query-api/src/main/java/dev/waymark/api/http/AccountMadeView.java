package dev.waymark.api.http;

import dev.waymark.api.store.AccountView;
import io.micronaut.core.annotation.Introspected;
import org.jspecify.annotations.Nullable;

/**
 * An account that was made or changed.
 *
 * @param clientSecret shown this once; null: it has none
 */
@Introspected
public record AccountMadeView(AccountView account, @Nullable String clientSecret) {}
