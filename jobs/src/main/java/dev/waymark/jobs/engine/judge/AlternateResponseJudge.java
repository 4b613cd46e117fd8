package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.schemas.rule.Rule;
import java.util.List;
import java.util.Map;

/**
 * {@code alternate_response}: every activation is followed by a target, and no other activation
 * comes before the first such target. Pending: the one activation that waits, as a second one
 * breaks the first.
 */
public final class AlternateResponseJudge implements Judge {
  private final Rule rule;

  public AlternateResponseJudge(Rule rule) {
    this.rule = rule;
  }

  @Override
  public void onEvent(Hearing hearing, RuleState state, EventView event, long symbols) {
    if ((symbols & TARGET) != 0) {
      String correlation = hearing.target(event).correlation();
      state.pending.removeIf(activation -> activation.correlatesWith(correlation));
    }
    if ((symbols & ACTIVATION) != 0) {
      state.activations++;
      Mark other = hearing.activation(event);
      for (Mark waiting : state.pending) {
        hearing.broken(
            state,
            other.timeMicros(),
            List.of(waiting.as("activation"), other.as("other activation")),
            missing(waiting)
                + " before the next "
                + Words.of(rule.activation())
                + ", seq "
                + other.seq(),
            Map.of());
      }
      state.pending.clear();
      state.pending.add(other);
    }
  }

  @Override
  public void onEnd(Hearing hearing, RuleState state, long endMicros) {
    for (Mark waiting : state.pending) {
      hearing.broken(
          state, endMicros, List.of(waiting.as("activation")), missing(waiting), Map.of());
    }
    state.pending.clear();
  }

  private String missing(Mark waiting) {
    return "no "
        + Words.of(rule.target())
        + Words.correlation(rule, waiting)
        + " after seq "
        + waiting.seq();
  }
}
