package dev.waymark.jobs.engine;

import dev.waymark.jobs.engine.judge.Judge;
import dev.waymark.schemas.rule.Rule;
import java.util.List;

/**
 * How a rule stands in an open case.
 *
 * @param endsMicros when the case ends by silence or its final output; {@link Judge#NEVER}: not so
 * @param dueMicros its next deadline; {@link Judge#NEVER}: none before the end
 * @param pending activations that wait for their verdict, oldest first
 */
public record OpenRule(
    Rule rule, String version, long endsMicros, long dueMicros, List<Mark> pending) {}
