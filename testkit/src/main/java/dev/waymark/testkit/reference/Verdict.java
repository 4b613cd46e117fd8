package dev.waymark.testkit.reference;

import java.util.List;

/**
 * What a rule says of one case.
 *
 * @param endMicros the case's end, in µs since the epoch
 * @param activations how often the rule had something to say; 1 of rules about the case as a whole
 * @param findings in the order in which they became certain
 */
public record Verdict(
    String ruleId,
    String tenant,
    String caseKey,
    CaseId caseId,
    long endMicros,
    Outcome outcome,
    int activations,
    List<Finding> findings) {}
