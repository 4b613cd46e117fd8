package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event that proves a violation.
 *
 * @param identity idempotency key, else {@code seq:} and the number
 * @param role what it is in the rule: activation, target, when, a step's name, event
 * @param event the record, byte for byte; null in lists, where the trail does not hold it (yet),
 *     and where the bodies before it fill the page
 */
@Introspected
public record EvidenceView(
    String runId, long seq, Instant t, String identity, String role, @Nullable RawJson event) {}
