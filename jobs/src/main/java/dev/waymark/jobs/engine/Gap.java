package dev.waymark.jobs.engine;

import dev.waymark.schemas.violation.Violation;
import org.jspecify.annotations.Nullable;

/**
 * The time from an activation of a {@code profile} rule to its target, on its way to where it is
 * judged by those before it.
 *
 * @param measure what is learnt together: {@link CompiledRule#measure}
 * @param targetKey idempotency key of the target; null: it has none
 * @param isReported whether a violation is told, and not only counted
 * @param finding the violation if it is one, without the learnt figures; its evidence is the
 *     activation, then the target
 */
public record Gap(
    long measure, @Nullable String targetKey, double zeta, boolean isReported, Violation finding) {

  long micros() {
    return finding.timeMicros() - finding.evidence().get(0).timeMicros();
  }
}
