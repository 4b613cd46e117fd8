package dev.waymark.api.http;

import dev.waymark.api.store.SigningKeyView;
import io.micronaut.core.annotation.Introspected;

/**
 * A signing key that was made.
 *
 * @param secret shown this once; its UTF-8 bytes are the key
 */
@Introspected
public record SigningKeyMadeView(SigningKeyView key, String secret) {}
