package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;

/**
 * One version of a rule, as the validation job has it.
 *
 * @param ruleVersion digest of its canonical JSON
 * @param number counts the versions of one rule
 * @param state active, shadow, disabled, deleted, superseded or rejected
 * @param definition the rule, canonical
 * @param problems of a rejected one: what is wrong, with path
 */
@Introspected
public record RuleView(
    String ruleId,
    String ruleVersion,
    int number,
    String state,
    String kind,
    String template,
    String severity,
    Instant effectiveAt,
    List<String> problems,
    RawJson definition) {}
