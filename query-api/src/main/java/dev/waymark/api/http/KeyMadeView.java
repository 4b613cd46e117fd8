package dev.waymark.api.http;

import dev.waymark.api.store.KeyView;
import io.micronaut.core.annotation.Introspected;

/**
 * An API key that was made.
 *
 * @param apiKey shown this once
 */
@Introspected
public record KeyMadeView(KeyView key, String apiKey) {}
