package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Within;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code response}: every activation is followed by a target later, in [t + min, t + max] where
 * there are bounds; and {@code responded_existence}, where a target before does as well. Pending:
 * the activations without a target yet.
 */
public final class ResponseJudge implements Judge {
  private static final int SAW_TARGET = 1;

  private final Rule rule;
  private final @Nullable Within within;
  private final boolean earlierCounts;

  /**
   * @param earlierCounts whether a target before the activation answers it too
   */
  public ResponseJudge(Rule rule, boolean earlierCounts) {
    this.rule = rule;
    this.within = rule.within();
    this.earlierCounts = earlierCounts;
  }

  @Override
  public void onEvent(Hearing hearing, RuleState state, EventView event, long symbols) {
    if ((symbols & TARGET) != 0) {
      answer(state, hearing.target(event));
    }
    if ((symbols & ACTIVATION) != 0) {
      state.activations++;
      boolean answered = earlierCounts && state.has(SAW_TARGET);
      if (!answered && hearing.mayKeep(state, state.pending.size())) {
        state.pending.add(hearing.activation(event));
      }
    }
  }

  @Override
  public boolean opensWith(long symbols) {
    return earlierCounts || (symbols & ACTIVATION) != 0;
  }

  private void answer(RuleState state, Mark target) {
    state.set(SAW_TARGET);
    for (Iterator<Mark> waiting = state.pending.iterator(); waiting.hasNext(); ) {
      Mark activation = waiting.next();
      if (activation.correlatesWith(target.correlation()) && isInTime(activation, target)) {
        waiting.remove();
      }
    }
  }

  private boolean isInTime(Mark activation, Mark target) {
    long gap = target.timeMicros() - activation.timeMicros();
    return within == null || (gap >= within.minMicros() && gap <= within.maxMicros());
  }

  @Override
  public long due(Hearing hearing, RuleState state) {
    return within == null ? NEVER : Mark.earliestPlus(state.pending, within.maxMicros());
  }

  @Override
  public void onDue(Hearing hearing, RuleState state, long dueMicros) {
    long max = within == null ? 0 : within.maxMicros();
    for (Iterator<Mark> waiting = state.pending.iterator(); waiting.hasNext(); ) {
      Mark activation = waiting.next();
      if (activation.timeMicros() + max <= dueMicros) {
        waiting.remove();
        report(hearing, state, activation, activation.timeMicros() + max);
      }
    }
  }

  @Override
  public void onEnd(Hearing hearing, RuleState state, long endMicros) {
    for (Mark activation : state.pending) {
      report(hearing, state, activation, endMicros);
    }
    state.pending.clear();
  }

  /** Nothing answered an activation in time. */
  public void report(Hearing hearing, RuleState state, Mark activation, long timeMicros) {
    String missing =
        "no " + Words.of(rule.target()) + Words.correlation(rule, activation) + Words.of(within);
    String after =
        (earlierCounts ? " before or after" : within == null ? " after" : " of")
            + " seq "
            + activation.seq();
    hearing.broken(
        state, timeMicros, List.of(activation.as("activation")), missing + after, Map.of());
  }
}
