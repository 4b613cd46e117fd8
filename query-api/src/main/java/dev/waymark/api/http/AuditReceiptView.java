package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;

/**
 * What became of a flat audit event.
 *
 * @param duplicate whether the broker had it before
 */
@Introspected
public record AuditReceiptView(String eventId, boolean duplicate) {}
