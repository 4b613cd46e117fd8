package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;

/**
 * What became of a decision.
 *
 * @param duplicate whether the broker had it before
 */
@Introspected
public record DecisionReceiptView(String id, boolean duplicate) {}
