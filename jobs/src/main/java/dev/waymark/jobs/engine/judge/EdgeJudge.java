package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Template;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code init} and {@code end}: the first or the last event of the case is an activation. */
public final class EdgeJudge implements Judge {
  private static final int FIRST_SEEN = 1;

  private final Rule rule;
  private final boolean init;

  public EdgeJudge(Rule rule) {
    this.rule = rule;
    this.init = rule.template() == Template.INIT;
  }

  @Override
  public void onEvent(Hearing hearing, RuleState state, EventView event, long symbols) {
    boolean matches = (symbols & ACTIVATION) != 0;
    if (matches) {
      // One more than the position, so that 0 says that none matched.
      state.count = hearing.theCase().position() + 1;
    }
    boolean isFirst = init && !state.has(FIRST_SEEN);
    state.set(FIRST_SEEN);
    if (isFirst && !matches) {
      Mark first = hearing.mark(event);
      report(hearing, state, first.timeMicros(), first, "first");
    }
  }

  @Override
  public void onEnd(Hearing hearing, RuleState state, long endMicros) {
    if (!init && state.count != hearing.theCase().position()) {
      report(hearing, state, endMicros, Objects.requireNonNull(hearing.theCase().last()), "last");
    }
  }

  private void report(Hearing hearing, RuleState state, long timeMicros, Mark edge, String which) {
    hearing.broken(
        state,
        timeMicros,
        List.of(edge.as("event")),
        "the "
            + which
            + " event of the case, seq "
            + edge.seq()
            + ", is no "
            + Words.of(rule.activation()),
        Map.of());
  }

  /** The first event counts whatever it is. */
  @Override
  public boolean awaitsNext(RuleState state) {
    return init && !state.has(FIRST_SEEN);
  }

  @Override
  public boolean startsWithCase() {
    return init;
  }

  @Override
  public boolean judgesUntouched() {
    return !init;
  }

  @Override
  public boolean canBeVacuous() {
    return false;
  }
}
