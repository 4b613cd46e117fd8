package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;

/**
 * A violation that a backtest found.
 *
 * @param foundBy draft, live or both
 * @param violation as on the violations topic, with its evidence; the draft's where both found it
 */
@Introspected
public record BacktestViolationView(String foundBy, RawJson violation) {}
