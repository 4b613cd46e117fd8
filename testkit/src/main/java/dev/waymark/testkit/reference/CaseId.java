package dev.waymark.testkit.reference;

/**
 * What tells a case from the others of its key: its first event.
 *
 * @param timeMicros the first event's {@code t} in µs since the epoch
 * @param runId the first event's run
 * @param seq the first event's number in that run
 */
public record CaseId(long timeMicros, String runId, long seq) {}
