package dev.waymark.testkit.reference;

import java.util.List;

/**
 * A rule that was broken in a case.
 *
 * @param caseKey the value of the rule's key: one field's text, of several fields a JSON array of
 *     their texts
 * @param timeMicros event time at which it became certain, in µs since the epoch
 * @param evidence the events that prove it, the activation first
 */
public record Finding(
    String ruleId,
    String tenant,
    String caseKey,
    CaseId caseId,
    long timeMicros,
    List<Witness> evidence) {}
