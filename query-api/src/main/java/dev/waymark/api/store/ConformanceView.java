package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import org.jspecify.annotations.Nullable;

/**
 * How much one version of a rule judged, and how it went.
 *
 * @param number counts the versions of one rule; null where the rule is no longer known
 * @param state as in the list of rules; null where the rule is no longer known
 * @param cases held + vacuous + broken + open
 * @param activations events that called for something
 * @param held cases in which it was activated and holds
 * @param vacuous cases in which nothing activated it
 * @param broken cases with a violation
 * @param open cases not yet decided
 * @param judged held + vacuous + broken: the denominator
 * @param violations found, in shadow mode too
 * @param violationRate broken / judged; null where nothing was judged
 */
@Introspected
public record ConformanceView(
    String ruleId,
    String ruleVersion,
    @Nullable Integer number,
    @Nullable String state,
    @Nullable String kind,
    @Nullable String severity,
    long cases,
    long activations,
    long held,
    long vacuous,
    long broken,
    long open,
    long judged,
    long violations,
    @Nullable Double violationRate) {}
