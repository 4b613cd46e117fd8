package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.Proof;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.schemas.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code alternate_precedence}: every event of the later side is preceded by one of the earlier
 * side, and no other of the later side lies between. Seen: the last event of the later side, then
 * the latest forerunner for each value of {@code correlate}.
 */
public final class AlternatePrecedenceJudge implements Judge {
  /** The first of seen is an event of the later side. */
  private static final int LATER_SEEN = 1 << 8;

  private final Rule rule;
  private final Side later;

  /** For {@code alternate_precedence}, where the activation is the later event. */
  public AlternatePrecedenceJudge(Rule rule) {
    this(rule, Side.ACTIVATION);
  }

  AlternatePrecedenceJudge(Rule rule, Side later) {
    this.rule = rule;
    this.later = later;
  }

  @Override
  public void onEvent(Hearing hearing, RuleState state, EventView event, long symbols) {
    if (later.isIn(symbols)) {
      state.activations++;
      Mark mark = later.mark(hearing, event);
      judge(hearing, state, mark);
      if (state.has(LATER_SEEN)) {
        state.seen.set(0, mark);
      } else {
        state.seen.add(0, mark);
        state.set(LATER_SEEN);
      }
    }
    if (later.other().isIn(symbols)) {
      remember(hearing, state, later.other().mark(hearing, event));
    }
  }

  private void judge(Hearing hearing, RuleState state, Mark mark) {
    Mark latest = null;
    for (Mark forerunner : forerunners(state)) {
      latest = mark.correlatesWith(forerunner.correlation()) ? forerunner : latest;
    }
    if (latest == null) {
      report(hearing, state, mark, null);
    } else if (state.has(LATER_SEEN) && state.seen.get(0).position() > latest.position()) {
      report(hearing, state, mark, state.seen.get(0));
    }
  }

  private static List<Mark> forerunners(RuleState state) {
    return state.has(LATER_SEEN) ? state.seen.subList(1, state.seen.size()) : state.seen;
  }

  private static void remember(Hearing hearing, RuleState state, Mark forerunner) {
    if (forerunner.correlation() == null) {
      return;
    }
    forerunners(state).removeIf(mark -> mark.correlatesWith(forerunner.correlation()));
    if (hearing.mayKeep(state, state.seen.size())) {
      state.seen.add(forerunner);
    }
  }

  private void report(Hearing hearing, RuleState state, Mark mark, @Nullable Mark between) {
    List<Proof> proofs = new ArrayList<>();
    proofs.add(mark.as(later.role()));
    String since = "";
    if (between != null) {
      proofs.add(between.as("other " + later.role()));
      since =
          " and after the " + Words.of(later.matcher(rule)) + " before it, seq " + between.seq();
    }
    hearing.broken(
        state,
        mark.timeMicros(),
        proofs,
        "no "
            + Words.of(later.other().matcher(rule))
            + Words.correlation(rule, mark)
            + " before seq "
            + mark.seq()
            + since,
        Map.of());
  }
}
