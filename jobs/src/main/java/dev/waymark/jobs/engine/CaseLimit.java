package dev.waymark.jobs.engine;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.rule.Severity;
import dev.waymark.schemas.violation.Violation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A limit that concerns all rules of a case. It is told as a violation of a rule of its own, which
 * the engine has and nobody writes.
 */
enum CaseLimit {
  OPEN_CASES(
      "engine-max-open-cases",
      "the case is not judged: an instance keeps at most %,d cases open",
      "Raise engine.max-open-cases or the job's parallelism, or let cases end sooner."),
  WAITING_EVENTS(
      "engine-max-waiting-events-a-case",
      "from seq %2$d on events are not judged until time passes those that wait: at most %1$,d of a case do",
      "Raise engine.max-waiting-events-a-case, or give the rules a key that brings fewer events together.");

  /** The code of the violations' kind. */
  static final String KIND = "engine_limit";

  private static final String NO_VERSION = "0".repeat(64);

  private final String ruleId;
  private final String message;
  private final String remedy;

  CaseLimit(String ruleId, String message, String remedy) {
    this.ruleId = ruleId;
    this.message = message;
    this.remedy = remedy;
  }

  /**
   * Says that a case reached the limit.
   *
   * @param begin the event with which that began
   * @param key the case's key
   */
  Violation reached(Event begin, String key, boolean keyedByRun, int limit) {
    Mark mark = Mark.of(begin, 0, null, Mark.UNCORRELATED);
    List<Proof> proofs = List.of(mark.as("event"));
    String caseId = CaseState.id(key, mark);
    @Nullable String runId = keyedByRun ? key : null;
    return new Violation(
        ViolationIds.of(begin.tenant(), ruleId, NO_VERSION, caseId, proofs, KIND),
        begin.tenant(),
        ruleId,
        NO_VERSION,
        KIND,
        "",
        Severity.ERROR.name(),
        key,
        caseId,
        runId,
        begin.agentId(),
        begin.timeMicros(),
        String.format(Locale.ROOT, message, limit, begin.seq()),
        proofs.stream().map(Proof::evidence).toList(),
        Map.of("limit", String.valueOf(limit)),
        List.of(),
        "",
        remedy,
        false,
        0);
  }
}
