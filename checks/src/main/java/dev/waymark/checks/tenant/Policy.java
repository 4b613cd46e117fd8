package dev.waymark.checks.tenant;

import dev.waymark.schemas.rule.Condition;
import dev.waymark.schemas.rule.Severity;

/**
 * What a tenant denies.
 *
 * @param deny CEL over {@code event}: an event for which it is true is denied, and one for which it
 *     cannot be evaluated too
 * @param message why, for those who read the finding
 */
public record Policy(String id, Condition deny, Severity severity, String message) {}
