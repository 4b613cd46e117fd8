package dev.waymark.jobs.engine;

import dev.waymark.jobs.engine.judge.Hearing;
import dev.waymark.schemas.rule.Mode;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Template;
import dev.waymark.schemas.violation.Violation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the rules of one case are heard: gives judges what they ask for and turns their verdicts
 * into violations.
 */
final class Bench implements Hearing {
  private static final int LIMIT_REPORTED = 1 << 30;

  /** Gaps of this case were sent to where they are judged. */
  private static final int MEASURED = 1 << 29;

  private final CaseState aCase;
  private final @Nullable EventView view;
  private final Tally tally;
  private final EngineLimits limits;
  private final Findings findings;
  private int ordinal;
  private boolean anyJudgedNow;

  Bench(
      CaseState aCase,
      @Nullable EventView view,
      Tally tally,
      EngineLimits limits,
      Findings findings) {
    this.aCase = aCase;
    this.view = view;
    this.tally = tally;
    this.limits = limits;
    this.findings = findings;
  }

  /** The hearing of one rule; valid until the next is asked for. */
  Hearing hearing(int ruleOrdinal) {
    ordinal = ruleOrdinal;
    return this;
  }

  void onEvent(int ruleOrdinal, RuleState state, EventView event, long symbols) {
    ordinal = ruleOrdinal;
    long before = state.activations;
    rule().judge.onEvent(this, state, event, symbols);
    if (aCase.concerns(rule())) {
      tally.activations[ruleOrdinal] += state.activations - before;
    }
    anyJudgedNow = true;
  }

  /** The case has come to concern the rule. */
  void reportDeferred(int ruleOrdinal, RuleState state, long nowMicros) {
    ordinal = ruleOrdinal;
    tally.activations[ruleOrdinal] += state.activations;
    List<RuleState.Deferred> deferred = List.copyOf(state.deferred);
    state.deferred.clear();
    for (RuleState.Deferred known : deferred) {
      broken(
          state,
          known.timeMicros(),
          Math.max(known.timeMicros(), nowMicros),
          known.proofs(),
          known.message(),
          known.facts());
    }
  }

  void finishEvent() {
    if (anyJudgedNow) {
      for (int i = 0; i < aCase.touched(); i++) {
        aCase.state(i).judgedNow = false;
      }
    }
  }

  private CompiledRule rule() {
    return tally.rules.rules[ordinal];
  }

  @Override
  public CaseState theCase() {
    return aCase;
  }

  @Override
  public Mark activation(EventView event) {
    return mark(event, rule().correlator.ofActivation(event));
  }

  @Override
  public Mark target(EventView event) {
    return mark(event, rule().correlator.ofTarget(event));
  }

  @Override
  public Mark mark(EventView event) {
    return mark(event, Mark.UNCORRELATED);
  }

  private Mark mark(EventView event, @Nullable String correlation) {
    return Mark.of(event.event(), aCase.events, aCase.firstAgent, correlation);
  }

  @Override
  public void broken(
      RuleState state,
      long timeMicros,
      List<Proof> proofs,
      String message,
      Map<String, String> facts) {
    broken(state, timeMicros, timeMicros, proofs, message, facts);
  }

  /**
   * @param foundMicros when it was broken
   * @param timeMicros when that is certain
   */
  private void broken(
      RuleState state,
      long foundMicros,
      long timeMicros,
      List<Proof> proofs,
      String message,
      Map<String, String> facts) {
    if (!aCase.concerns(rule())) {
      state.deferred.add(new RuleState.Deferred(timeMicros, proofs, message, facts));
      return;
    }
    if (!state.isBroken()) {
      tally.broken[ordinal]++;
    }
    state.violations++;
    tally.violations[ordinal]++;
    if (isReported()) {
      tell(finding(state, timeMicros, proofs, message, facts, occasion(foundMicros)));
    }
  }

  private boolean isReported() {
    return rule().rule.mode() == Mode.ACTIVE;
  }

  /** Windows that have too few may be several a case, and nothing proves them. */
  private String occasion(long foundMicros) {
    Template template = rule().rule.template();
    boolean repeats =
        template == Template.ANOMALY
            || (template == Template.EXISTENCE && rule().rule.windowMicros() != null);
    return repeats ? String.valueOf(foundMicros) : "";
  }

  @Override
  public void measured(RuleState state, Mark activation, Mark target, String message) {
    state.set(MEASURED);
    Violation finding =
        finding(
            state,
            target.timeMicros(),
            List.of(activation.as("activation"), target.as("target")),
            message,
            Map.of(),
            "");
    findings.gap(
        new Gap(rule().measure, target.identity(), rule().rule.zeta(), isReported(), finding));
  }

  /** Whether only gaps that are judged elsewhere say whether the rule was broken. */
  static boolean isMeasured(RuleState state) {
    return state.has(MEASURED);
  }

  /** The case is over for a rule that has measured it. */
  void tellOver(int ruleOrdinal, RuleState state, ProfileCase.News over) {
    ordinal = ruleOrdinal;
    findings.profileCase(
        new ProfileCase(aCase.tenant, rule().rule.id(), rule().version, aCase.id(state), over));
  }

  @Override
  public WindowCounts windowCounts() {
    return aCase.windowCounts.computeIfAbsent(rule().measure, measure -> new WindowCounts());
  }

  @Override
  public boolean mayKeep(RuleState state, int kept) {
    if (kept < limits.maxPartialMatches()) {
      return true;
    }
    findings.partialMatchDropped();
    if (!state.has(LIMIT_REPORTED)) {
      state.set(LIMIT_REPORTED);
      EventView event = Objects.requireNonNull(view, "only an event is kept");
      String message =
          "rule "
              + rule().rule.id()
              + " keeps at most "
              + limits.maxPartialMatches()
              + " partial matches a case; what goes beyond is not judged";
      tell(
          violation(
              state,
              CaseLimit.KIND,
              event.event().timeMicros(),
              List.of(mark(event).as("event")),
              message,
              Map.of("limit", String.valueOf(limits.maxPartialMatches())),
              "limit"));
    }
    return false;
  }

  private void tell(Violation violation) {
    findings.violation(violation, violation.timeMicros() + aCase.config.settleMicros());
  }

  private Violation finding(
      RuleState state,
      long timeMicros,
      List<Proof> proofs,
      String message,
      Map<String, String> facts,
      String occasion) {
    return violation(
        state, rule().rule.kind().code(), timeMicros, proofs, message, facts, occasion);
  }

  private Violation violation(
      RuleState state,
      String kind,
      long timeMicros,
      List<Proof> proofs,
      String message,
      Map<String, String> facts,
      String occasion) {
    Rule rule = rule().rule;
    String caseId = aCase.id(state);
    return new Violation(
        ViolationIds.of(aCase.tenant, rule.id(), rule().version, caseId, proofs, occasion),
        aCase.tenant,
        rule.id(),
        rule().version,
        kind,
        rule.template().code(),
        rule.severity().name(),
        aCase.key,
        caseId,
        rule.isKeyedByRun() ? aCase.key : null,
        agent(proofs),
        timeMicros,
        message,
        proofs.stream().map(Proof::evidence).toList(),
        facts,
        rule.tags(),
        rule.description(),
        rule.remedy(),
        aCase.late,
        0);
  }

  /** The agent of the deciding event, else that of the case's first. */
  private String agent(List<Proof> proofs) {
    String agent = proofs.isEmpty() ? null : proofs.get(0).mark().agent();
    return agent == null ? aCase.firstAgent : agent;
  }
}
