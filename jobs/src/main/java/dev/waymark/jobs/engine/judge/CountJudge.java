package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.Proof;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Template;
import java.util.List;
import java.util.Map;

/**
 * {@code existence(n)}, {@code absence(n)}, {@code exactly(n)} over the whole case: a counter, and
 * what was counted.
 */
public final class CountJudge implements Judge {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final Rule rule;
  private final int n;
  private final boolean needsAtLeast;
  private final int tooMany;

  public CountJudge(Rule rule) {
    this.rule = rule;
    this.n = rule.n();
    this.needsAtLeast = rule.template() != Template.ABSENCE;
    this.tooMany =
        switch (rule.template()) {
          case ABSENCE -> n;
          case EXACTLY -> n + 1;
          case EXISTENCE -> NO_LIMIT;
          default -> throw new IllegalArgumentException("no count: " + rule.template());
        };
  }

  @Override
  public void onEvent(Hearing hearing, RuleState state, EventView event, long symbols) {
    state.count++;
    if (state.count > tooMany || state.count > n && tooMany == NO_LIMIT) {
      return;
    }
    state.seen.add(hearing.mark(event));
    if (state.count == tooMany) {
      report(hearing, state, state.seen, event.event().timeMicros());
    }
    if (state.count == tooMany || (state.count == n && tooMany == NO_LIMIT)) {
      // Nothing that is still to be decided needs them.
      state.seen.clear();
    }
  }

  @Override
  public void onEnd(Hearing hearing, RuleState state, long endMicros) {
    if (needsAtLeast && state.count < n) {
      report(hearing, state, state.seen, endMicros);
    }
  }

  /** There were as many as these in the case. */
  public void report(Hearing hearing, RuleState state, List<Mark> occurred, long timeMicros) {
    String demand =
        switch (rule.template()) {
          case ABSENCE -> "fewer than " + n;
          case EXACTLY -> "exactly " + n;
          default -> "at least " + n;
        };
    String message =
        Words.of(rule.activation())
            + " occurred "
            + occurred.size()
            + " times, allowed is "
            + demand;
    List<Proof> evidence = occurred.stream().map(mark -> mark.as("activation")).toList();
    hearing.broken(
        state,
        timeMicros,
        evidence,
        message,
        Map.of("count", String.valueOf(occurred.size()), "n", String.valueOf(n)));
  }

  @Override
  public boolean judgesUntouched() {
    return needsAtLeast;
  }

  @Override
  public boolean canBeVacuous() {
    return false;
  }
}
