package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.Proof;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.schemas.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code chain_precedence}: every event of the later side is directly preceded by one of the
 * earlier side. Seen: the last event of the earlier side.
 */
public final class ChainPrecedenceJudge implements Judge {
  private final Rule rule;
  private final Side later;

  /** For {@code chain_precedence}, where the activation is the later event. */
  public ChainPrecedenceJudge(Rule rule) {
    this(rule, Side.ACTIVATION);
  }

  ChainPrecedenceJudge(Rule rule, Side later) {
    this.rule = rule;
    this.later = later;
  }

  @Override
  public void onEvent(Hearing hearing, RuleState state, EventView event, long symbols) {
    if (later.isIn(symbols)) {
      state.activations++;
      Mark mark = later.mark(hearing, event);
      boolean served =
          !state.seen.isEmpty()
              && state.seen.get(0).position() == mark.position() - 1
              && mark.correlatesWith(state.seen.get(0).correlation());
      if (!served) {
        report(hearing, state, mark);
      }
    }
    if (later.other().isIn(symbols)) {
      state.seen.clear();
      state.seen.add(later.other().mark(hearing, event));
    }
  }

  private void report(Hearing hearing, RuleState state, Mark mark) {
    List<Proof> evidence = new ArrayList<>();
    evidence.add(mark.as(later.role()));
    Mark before = hearing.theCase().last();
    if (before != null) {
      evidence.add(before.as("previous"));
    }
    hearing.broken(
        state,
        mark.timeMicros(),
        evidence,
        "seq "
            + mark.seq()
            + " is not directly preceded by "
            + Words.of(later.other().matcher(rule))
            + Words.correlation(rule, mark),
        Map.of());
  }
}
