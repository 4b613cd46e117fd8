/**
 * The rule engine: cases, the rules in force for them, and their verdicts. Plain Java over events
 * in order; the operator that feeds it from Flink and keeps its state is the only class here that
 * knows Flink's runtime.
 */
@NullMarked
package dev.waymark.jobs.engine;

import org.jspecify.annotations.NullMarked;
