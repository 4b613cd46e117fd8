package dev.waymark.schemas.violation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule that was broken in a case, with what proves it. {@code violationId} is a hash of tenant,
 * rule, version, case and deciding evidence: the same fact always has the same id.
 *
 * @param kind sequence, timelag, missing_step, frequency, engine_limit, or check: what an event was
 *     checked for before it was judged
 * @param caseKey the value of the rule's key, such as the run id; empty of a summary
 * @param caseId key and first event of the case; empty of a summary
 * @param runId null where the case is no run
 * @param agentId the agent of the deciding event, else of the case's first event
 * @param timeMicros event time at which it became certain, in µs since the epoch
 * @param facts the figures that decided it, by name, as text
 * @param late whether the case had late events when this was judged
 * @param suppressed of a summary: how many further violations it stands for; else 0
 */
public record Violation(
    String violationId,
    String tenant,
    String ruleId,
    String ruleVersion,
    String kind,
    String template,
    String severity,
    String caseKey,
    String caseId,
    @Nullable String runId,
    @Nullable String agentId,
    long timeMicros,
    String message,
    List<Evidence> evidence,
    Map<String, String> facts,
    List<String> tags,
    String description,
    String remedy,
    boolean late,
    long suppressed) {

  /** The same with these figures, once they are known. */
  public Violation saying(String words, Map<String, String> figures) {
    return new Violation(
        violationId,
        tenant,
        ruleId,
        ruleVersion,
        kind,
        template,
        severity,
        caseKey,
        caseId,
        runId,
        agentId,
        timeMicros,
        words,
        evidence,
        figures,
        tags,
        description,
        remedy,
        late,
        suppressed);
  }
}
