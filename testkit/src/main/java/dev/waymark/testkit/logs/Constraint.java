package dev.waymark.testkit.logs;

import dev.waymark.schemas.rule.Rule;
import java.util.Set;

/**
 * A constraint on a process log, with the cases that violate it.
 *
 * @param rule the constraint in our rule language, its id that of the constraint
 * @param violatedCases by case id of the log, which is the run id of the events
 * @param violations how often it is violated in all cases together, where counted as we count
 * @param activations likewise
 */
public record Constraint(Rule rule, Set<String> violatedCases, int violations, int activations) {}
