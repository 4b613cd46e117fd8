/** What runs on flink-cep's own NFA inside the engine: one automaton a rule, all cases' states. */
@NullMarked
package dev.waymark.jobs.engine.cep;

import org.jspecify.annotations.NullMarked;
