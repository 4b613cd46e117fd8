package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Template;
import dev.waymark.schemas.rule.Within;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code not_succession}: no activation is followed by a target later (within the bounds); {@code
 * not_chain_succession}: none is directly followed by one. Pending: the activations that have not
 * been broken yet.
 */
public final class NotSuccessionJudge implements Judge {
  private final Rule rule;
  private final @Nullable Within within;
  private final boolean directly;

  public NotSuccessionJudge(Rule rule) {
    this.rule = rule;
    this.within = rule.within();
    this.directly = rule.template() == Template.NOT_CHAIN_SUCCESSION;
  }

  @Override
  public void onEvent(Hearing hearing, RuleState state, EventView event, long symbols) {
    long time = event.event().timeMicros();
    if (within != null) {
      state.pending.removeIf(activation -> activation.timeMicros() + within.maxMicros() < time);
    }
    if ((symbols & TARGET) != 0) {
      breakThoseBefore(hearing, state, hearing.target(event));
    }
    if ((symbols & ACTIVATION) != 0) {
      state.activations++;
      if (directly) {
        state.pending.clear();
      }
      if (hearing.mayKeep(state, state.pending.size())) {
        state.pending.add(hearing.activation(event));
      }
    }
  }

  @Override
  public boolean opensWith(long symbols) {
    return (symbols & ACTIVATION) != 0;
  }

  private void breakThoseBefore(Hearing hearing, RuleState state, Mark target) {
    for (Iterator<Mark> waiting = state.pending.iterator(); waiting.hasNext(); ) {
      Mark activation = waiting.next();
      if (isBrokenBy(activation, target)) {
        waiting.remove();
        report(hearing, state, activation, target);
      }
    }
  }

  /** An activation was followed by a target. */
  public void report(Hearing hearing, RuleState state, Mark activation, Mark target) {
    hearing.broken(
        state,
        target.timeMicros(),
        List.of(activation.as("activation"), target.as("target")),
        "seq "
            + activation.seq()
            + " is "
            + (directly ? "directly " : "")
            + "followed by "
            + Words.of(rule.target())
            + Words.correlation(rule, activation)
            + Words.of(within)
            + ", seq "
            + target.seq(),
        Map.of());
  }

  private boolean isBrokenBy(Mark activation, Mark target) {
    long gap = target.timeMicros() - activation.timeMicros();
    return activation.correlatesWith(target.correlation())
        && (!directly || activation.position() == target.position() - 1)
        && (within == null || (gap >= within.minMicros() && gap <= within.maxMicros()));
  }
}
