package dev.waymark.checks.tenant;

import dev.waymark.schemas.rule.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Actions an agent may ask for.
 *
 * @param action a glob
 * @param where what must hold of the request, CEL over {@code event}; null: nothing
 */
public record Tool(String action, @Nullable Condition where) {}
