/**
 * A naive evaluator of the rule language, written straight from its definitions: reads a finished
 * log at once, may be quadratic or worse, shares no code with the engine. What it says is what the
 * engine has to say.
 */
@NullMarked
package dev.waymark.testkit.reference;

import org.jspecify.annotations.NullMarked;
