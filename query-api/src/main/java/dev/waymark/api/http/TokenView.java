package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;

/**
 * What somebody who signed in gets (RFC 6749).
 *
 * @param accessToken for the header {@code Authorization: Bearer}
 * @param tokenType always {@code Bearer}
 * @param expiresIn s
 * @param refreshToken for the next one, once
 */
@Introspected
public record TokenView(
    String accessToken, String tokenType, long expiresIn, String refreshToken) {}
