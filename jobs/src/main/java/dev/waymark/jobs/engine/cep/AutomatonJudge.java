package dev.waymark.jobs.engine.cep;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.MatcherState;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.jobs.engine.judge.Hearing;
import dev.waymark.jobs.engine.judge.Judge;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;

/**
 * Judges by flink-cep's NFA. The state of a case holds the partial matches while there are any; a
 * span that runs out without deciding anything frees its partial matches at the next event that
 * concerns the rule, or at the case's end, and needs no timer.
 */
abstract class AutomatonJudge implements Judge {
  /** All that the rule can say of the case is said. */
  private static final int SETTLED = 1;

  private final Automaton automaton;
  private final long opening;

  /**
   * @param opening the symbols of events that may begin a match
   */
  AutomatonJudge(Form form, long opening) {
    this.automaton = new Automaton(form);
    this.opening = opening;
  }

  /** Whether an event activates the rule. */
  abstract boolean isActivation(Taken event);

  /** Whether another match may begin in this case. */
  boolean mayBegin(RuleState state) {
    return true;
  }

  /** What the NFA is to hold of an event, ready to be judged. */
  abstract Taken taken(Hearing hearing, EventView event, long symbols);

  /**
   * A match of the form, or where the form tells the unfinished ones as well a partial match whose
   * span ran out.
   */
  abstract void found(Hearing hearing, RuleState state, Match match, long timeMicros);

  /** Nothing more is to be judged in this case. */
  static void settle(RuleState state) {
    state.set(SETTLED);
    state.matcher = null;
  }

  static boolean isSettled(RuleState state) {
    return state.has(SETTLED);
  }

  @Override
  public final void onEvent(Hearing hearing, RuleState state, EventView view, long symbols) {
    if (isSettled(state)) {
      return;
    }
    Taken event = taken(hearing, view, symbols);
    state.activations += isActivation(event) ? 1 : 0;
    boolean opens = (symbols & opening) != 0 && mayBegin(state);
    if (state.matcher != null || opens) {
      match(hearing, state, event, opens);
    }
    event.forgetNow();
  }

  private void match(Hearing hearing, RuleState state, Taken event, boolean opens) {
    PartialMatches matches = partialMatches(state);
    long timeMicros = event.mark().timeMicros();
    if (automaton.anyIsOver(matches, timeMicros)) {
      tellOver(hearing, state, automaton.expire(matches, timeMicros), NEVER);
    }
    for (Match match : automaton.onEvent(matches, event, opens)) {
      tell(hearing, state, match, timeMicros);
    }
    limit(hearing, state, matches);
    keep(state, matches);
  }

  private void limit(Hearing hearing, RuleState state, PartialMatches matches) {
    int kept = matches.alive().size();
    while (kept > 0 && !hearing.mayKeep(state, kept - 1)) {
      kept--;
    }
    if (kept < matches.alive().size()) {
      automaton.dropNewest(matches, matches.alive().size() - kept);
    }
  }

  private PartialMatches partialMatches(RuleState state) {
    return state.matcher instanceof PartialMatches known ? known : automaton.begin();
  }

  private static void keep(RuleState state, PartialMatches matches) {
    state.matcher = matches.isEmpty() || isSettled(state) ? null : matches;
  }

  /**
   * @param endMicros no span reaches beyond it
   */
  private void tellOver(Hearing hearing, RuleState state, List<Match> over, long endMicros) {
    for (Match match : over) {
      tell(
          hearing,
          state,
          match,
          Math.min(automaton.endOfSpan(match.first().timeMicros()), endMicros));
    }
  }

  private void tell(Hearing hearing, RuleState state, Match match, long timeMicros) {
    if (!isSettled(state)) {
      found(hearing, state, match, timeMicros);
    }
  }

  @Override
  public final boolean awaitsNext(RuleState state) {
    return state.matcher instanceof PartialMatches matches && matches.awaitsNext();
  }

  @Override
  public final boolean opensWith(long symbols) {
    return (symbols & opening) != 0;
  }

  @Override
  public final long due(Hearing hearing, RuleState state) {
    return state.matcher instanceof PartialMatches matches ? automaton.dueMicros(matches) : NEVER;
  }

  @Override
  public final void onDue(Hearing hearing, RuleState state, long dueMicros) {
    if (state.matcher instanceof PartialMatches matches) {
      tellOver(hearing, state, automaton.expire(matches, dueMicros + 1), NEVER);
      keep(state, matches);
    }
  }

  @Override
  public void onEnd(Hearing hearing, RuleState state, long endMicros) {
    if (state.matcher instanceof PartialMatches matches) {
      tellOver(hearing, state, automaton.expireAll(matches), endMicros);
      state.matcher = null;
    }
  }

  @Override
  public final MatcherState readMatcher(Mark first, DataInputView in) throws IOException {
    return automaton.resumed(PartialMatches.read(first, in));
  }
}
