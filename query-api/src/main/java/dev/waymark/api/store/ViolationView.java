package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule that was broken in a case, and what proves it.
 *
 * @param t event time at which it became certain
 * @param caseKey the value of the rule's key, such as the run id
 * @param runId null where the case is no run
 * @param agentId the agent of the deciding event, else of the case's first
 * @param message what happened, in plain words
 * @param facts the figures that decided it, by name
 * @param late the case had late events when this was judged
 * @param suppressed of a summary: how many further violations it stands for; else 0
 */
@Introspected
public record ViolationView(
    String violationId,
    String tenant,
    Instant t,
    String ruleId,
    String ruleVersion,
    String kind,
    String template,
    String severity,
    String caseKey,
    String caseId,
    @Nullable String runId,
    @Nullable String agentId,
    String message,
    List<EvidenceView> evidence,
    Map<String, String> facts,
    List<String> tags,
    String description,
    String remedy,
    boolean late,
    long suppressed) {

  ViolationView withEvidence(List<EvidenceView> found) {
    return new ViolationView(
        violationId,
        tenant,
        t,
        ruleId,
        ruleVersion,
        kind,
        template,
        severity,
        caseKey,
        caseId,
        runId,
        agentId,
        message,
        found,
        facts,
        tags,
        description,
        remedy,
        late,
        suppressed);
  }
}
