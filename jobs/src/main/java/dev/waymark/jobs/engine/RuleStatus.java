package dev.waymark.jobs.engine;

import java.util.List;

/**
 * What became of a rule version: a row of the store's table {@code rules}.
 *
 * @param state active, shadow, disabled, deleted, superseded or rejected
 * @param definition the canonical JSON
 * @param problems why it was rejected; else empty
 * @param revision the offset in the rules topic that brought this about
 */
public record RuleStatus(
    String ruleId,
    String ruleVersion,
    int number,
    String state,
    String kind,
    String template,
    String severity,
    String definition,
    long effectiveAtMicros,
    List<String> problems,
    long revision) {}
