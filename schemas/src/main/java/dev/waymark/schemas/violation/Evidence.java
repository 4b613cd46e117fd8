package dev.waymark.schemas.violation;

/**
 * One event that proves a violation.
 *
 * @param role what it is in the rule: activation, target, when, a step's name, event
 * @param timeMicros its {@code t} in µs since the epoch
 */
public record Evidence(String runId, long seq, long timeMicros, String identity, String role) {}
