package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Within;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code chain_response}: every activation is directly followed by a target, in [t + min, t + max]
 * where there are bounds. Pending: the activation just before the next event.
 */
public final class ChainResponseJudge implements Judge {
  private final Rule rule;
  private final @Nullable Within within;

  public ChainResponseJudge(Rule rule) {
    this.rule = rule;
    this.within = rule.within();
  }

  @Override
  public void onEvent(Hearing hearing, RuleState state, EventView event, long symbols) {
    for (Mark activation : state.pending) {
      Mark next = hearing.target(event);
      if ((symbols & TARGET) == 0 || !isAnswer(activation, next)) {
        reportNext(hearing, state, activation, next);
      }
    }
    state.pending.clear();
    if ((symbols & ACTIVATION) != 0) {
      state.activations++;
      state.pending.add(hearing.activation(event));
    }
  }

  private boolean isAnswer(Mark activation, Mark next) {
    long gap = next.timeMicros() - activation.timeMicros();
    return activation.correlatesWith(next.correlation())
        && (within == null || (gap >= within.minMicros() && gap <= within.maxMicros()));
  }

  @Override
  public boolean awaitsNext(RuleState state) {
    return !state.pending.isEmpty();
  }

  @Override
  public long due(Hearing hearing, RuleState state) {
    return within == null ? NEVER : Mark.earliestPlus(state.pending, within.maxMicros());
  }

  @Override
  public void onDue(Hearing hearing, RuleState state, long dueMicros) {
    onEnd(hearing, state, dueMicros);
  }

  @Override
  public void onEnd(Hearing hearing, RuleState state, long endMicros) {
    for (Mark activation : state.pending) {
      reportNothing(hearing, state, activation, endMicros);
    }
    state.pending.clear();
  }

  /** An activation was directly followed by another event than its target. */
  public void reportNext(Hearing hearing, RuleState state, Mark activation, Mark next) {
    hearing.broken(
        state,
        next.timeMicros(),
        List.of(activation.as("activation"), next.as("next")),
        "seq "
            + activation.seq()
            + " is directly followed by seq "
            + next.seq()
            + " and not by "
            + demand(activation),
        Map.of());
  }

  /** Nothing followed an activation in time. */
  public void reportNothing(Hearing hearing, RuleState state, Mark activation, long timeMicros) {
    hearing.broken(
        state,
        timeMicros,
        List.of(activation.as("activation")),
        "nothing follows seq " + activation.seq() + ", which needs " + demand(activation),
        Map.of());
  }

  private String demand(Mark activation) {
    return Words.of(rule.target()) + Words.correlation(rule, activation) + Words.of(within);
  }
}
