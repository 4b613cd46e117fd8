package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.schemas.rule.Rule;
import java.util.Iterator;

/**
 * {@code profile}: the gap from an activation to the next target lies within what was learnt of the
 * gaps before it. Finds the gaps of its case; what they mean is told where those of all cases meet.
 * Pending: the activations without a target yet.
 */
public final class ProfileJudge implements Judge {
  private final Rule rule;

  public ProfileJudge(Rule rule) {
    this.rule = rule;
  }

  @Override
  public void onEvent(Hearing hearing, RuleState state, EventView event, long symbols) {
    if ((symbols & TARGET) != 0) {
      measure(hearing, state, hearing.target(event));
    }
    if ((symbols & ACTIVATION) != 0) {
      state.activations++;
      Mark activation = hearing.activation(event);
      if (activation.correlation() != null && hearing.mayKeep(state, state.pending.size())) {
        state.pending.add(activation);
      }
    }
  }

  private void measure(Hearing hearing, RuleState state, Mark target) {
    for (Iterator<Mark> waiting = state.pending.iterator(); waiting.hasNext(); ) {
      Mark activation = waiting.next();
      if (activation.correlatesWith(target.correlation())) {
        waiting.remove();
        hearing.measured(
            state,
            activation,
            target,
            Words.of(rule.target())
                + Words.correlation(rule, activation)
                + " came "
                + Words.duration(target.timeMicros() - activation.timeMicros())
                + " after seq "
                + activation.seq());
      }
    }
  }

  @Override
  public boolean opensWith(long symbols) {
    return (symbols & ACTIVATION) != 0;
  }
}
