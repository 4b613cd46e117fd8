package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;

/**
 * A secret for one address.
 *
 * @param expiresIn s
 */
@Introspected
public record TicketView(String ticket, long expiresIn) {}
