package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;

/**
 * An event that the checks at the doors refused; it is in no trail.
 *
 * @param identity idempotency key, else {@code seq:} and the number
 * @param refusedAt when Kafka took the record of it
 * @param violationIds what was found in it
 * @param sha256 of the record's bytes, in hex
 * @param event the record, personal data and secrets replaced
 */
@Introspected
public record RefusedEventView(
    String tenant,
    String runId,
    String identity,
    long seq,
    Instant t,
    String agentId,
    Instant refusedAt,
    List<String> violationIds,
    String sha256,
    RawJson event) {}
