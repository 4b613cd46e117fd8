package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.Proof;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Within;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code steps}: after each {@code when} every step occurs, in order if asked. Pending: the {@code
 * when} events, with the steps seen since as their progress, a bit a step in any order, a count in
 * order. Without {@code when} one entry stands for the case's start.
 */
public final class StepsJudge implements Judge {
  private final Rule rule;
  private final boolean fromStart;
  private final @Nullable Within within;
  private final long complete;

  public StepsJudge(Rule rule) {
    this.rule = rule;
    this.fromStart = rule.when() == null;
    this.within = rule.within();
    this.complete = rule.ordered() ? rule.steps().size() : (1L << rule.steps().size()) - 1;
  }

  @Override
  public void onStart(Hearing hearing, RuleState state) {
    state.pending.add(hearing.theCase().first(state));
  }

  @Override
  public void onEvent(Hearing hearing, RuleState state, EventView event, long symbols) {
    long time = event.event().timeMicros();
    for (int i = state.pending.size() - 1; i >= 0; i--) {
      Mark when = state.pending.get(i);
      long progress = advance(when, time, symbols);
      if (progress == complete) {
        state.pending.remove(i);
      } else if (progress != when.progress()) {
        state.pending.set(i, when.withProgress(progress));
      }
    }
    if (!fromStart && (symbols & ACTIVATION) != 0) {
      state.activations++;
      if (hearing.mayKeep(state, state.pending.size())) {
        state.pending.add(hearing.mark(event));
      }
    }
  }

  private long advance(Mark when, long time, long symbols) {
    if (within != null && time > when.timeMicros() + within.maxMicros()) {
      return when.progress();
    }
    if (!rule.ordered()) {
      return when.progress() | ((symbols >> 2) & complete);
    }
    boolean isNext = (symbols & Judge.step((int) when.progress())) != 0;
    return isNext ? when.progress() + 1 : when.progress();
  }

  @Override
  public long due(Hearing hearing, RuleState state) {
    return within == null ? NEVER : Mark.earliestPlus(state.pending, within.maxMicros());
  }

  @Override
  public void onDue(Hearing hearing, RuleState state, long dueMicros) {
    long max = within == null ? 0 : within.maxMicros();
    for (Iterator<Mark> waiting = state.pending.iterator(); waiting.hasNext(); ) {
      Mark when = waiting.next();
      if (when.timeMicros() + max <= dueMicros) {
        waiting.remove();
        report(hearing, state, when, dueMicros);
      }
    }
  }

  @Override
  public void onEnd(Hearing hearing, RuleState state, long endMicros) {
    for (Mark when : state.pending) {
      report(hearing, state, when, endMicros);
    }
    state.pending.clear();
  }

  /** Steps that {@code when}'s progress lacks did not come in time. */
  public void report(Hearing hearing, RuleState state, Mark when, long timeMicros) {
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < rule.steps().size(); i++) {
      boolean seen = rule.ordered() ? i < when.progress() : (when.progress() & (1L << i)) != 0;
      if (!seen) {
        missing.add("step " + (i + 1) + " (" + Words.of(rule.steps().get(i).match()) + ")");
      }
    }
    List<Proof> evidence = fromStart ? List.of() : List.of(when.as("when"));
    String since = fromStart ? " in the case" : " after seq " + when.seq();
    hearing.broken(
        state,
        timeMicros,
        evidence,
        "missing" + since + Words.of(within) + ": " + String.join(", ", missing),
        Map.of(
            "missing",
            String.valueOf(missing.size()),
            "steps",
            String.valueOf(rule.steps().size())));
  }

  @Override
  public boolean startsWithCase() {
    return fromStart;
  }

  @Override
  public boolean canBeVacuous() {
    return !fromStart;
  }
}
