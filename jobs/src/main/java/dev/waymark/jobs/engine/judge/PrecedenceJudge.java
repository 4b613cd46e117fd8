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
 * {@code precedence}: an event of the later side is preceded by one of the earlier side, in [t −
 * max, t − min] where there are bounds. Seen: the forerunners that can still serve; without bounds
 * one for each value of {@code correlate}.
 */
public final class PrecedenceJudge implements Judge {
  private final Rule rule;
  private final Side later;
  private final @Nullable Within within;

  /** For {@code precedence}, where the activation is the later event. */
  public PrecedenceJudge(Rule rule) {
    this(rule, Side.ACTIVATION);
  }

  PrecedenceJudge(Rule rule, Side later) {
    this.rule = rule;
    this.later = later;
    this.within = rule.within();
  }

  @Override
  public void onEvent(Hearing hearing, RuleState state, EventView event, long symbols) {
    if (later.isIn(symbols)) {
      state.activations++;
      Mark mark = later.mark(hearing, event);
      if (state.seen.stream().noneMatch(forerunner -> serves(forerunner, mark))) {
        report(hearing, state, mark);
      }
    }
    if (later.other().isIn(symbols)) {
      remember(hearing, state, later.other().mark(hearing, event));
    }
  }

  private boolean serves(Mark forerunner, Mark mark) {
    long gap = mark.timeMicros() - forerunner.timeMicros();
    return mark.correlatesWith(forerunner.correlation())
        && (within == null || (gap >= within.minMicros() && gap <= within.maxMicros()));
  }

  private void remember(Hearing hearing, RuleState state, Mark forerunner) {
    if (forerunner.correlation() == null) {
      return;
    }
    if (within != null) {
      long oldest = hearing.theCase().lastMicros() - within.maxMicros();
      state.seen.removeIf(mark -> mark.timeMicros() < oldest);
    } else if (state.seen.stream()
        .anyMatch(mark -> mark.correlatesWith(forerunner.correlation()))) {
      return;
    }
    if (hearing.mayKeep(state, state.seen.size())) {
      state.seen.add(forerunner);
    }
  }

  private void report(Hearing hearing, RuleState state, Mark mark) {
    hearing.broken(
        state,
        mark.timeMicros(),
        List.of(mark.as(later.role())),
        "no "
            + Words.of(later.other().matcher(rule))
            + Words.correlation(rule, mark)
            + Words.of(within)
            + " before seq "
            + mark.seq(),
        Map.of());
  }
}
