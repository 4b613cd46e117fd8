package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Template;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code existence(n)} and {@code absence(n)} over a sliding window (t − window, t]. Keeps the last
 * n occurrences, as they decide alone whether a window holds n.
 *
 * <p>Existence looks at every window that lies whole inside the case: the first ends {@code window}
 * after the case's first event. A count falls when an occurrence leaves the window, at its time
 * plus the window; what arrives at that very time counts already.
 */
public final class WindowCountJudge implements Judge {
  /** The count is on the wrong side: no further violation until it was on the right one. */
  private static final int IN_SPELL = 1;

  /** Existence: the first full window has ended. */
  private static final int FULL = 2;

  private final Rule rule;
  private final int n;
  private final long windowMicros;
  private final boolean existence;

  public WindowCountJudge(Rule rule) {
    this.rule = rule;
    this.n = rule.n();
    this.windowMicros = Objects.requireNonNull(rule.windowMicros(), "window");
    this.existence = rule.template() == Template.EXISTENCE;
  }

  @Override
  public void onEvent(Hearing hearing, RuleState state, EventView event, long symbols) {
    if ((symbols & ACTIVATION) == 0) {
      return;
    }
    long time = event.event().timeMicros();
    boolean heldNBefore = state.seen.size() == n && heldN(hearing, state);
    if (state.seen.size() == n) {
      state.seen.remove(0);
    }
    state.seen.add(hearing.mark(event));
    boolean holdsN = holdsN(state, time);
    if (existence) {
      if (holdsN) {
        state.clear(IN_SPELL);
      }
      return;
    }
    if (!heldNBefore || !holdsN) {
      state.clear(IN_SPELL);
    }
    if (holdsN && !state.has(IN_SPELL)) {
      state.set(IN_SPELL);
      reportTooMany(hearing, state, state.seen, time);
    }
  }

  /** Whether the window held n at the case's event before this one, when it was looked at last. */
  private boolean heldN(Hearing hearing, RuleState state) {
    Mark before = Objects.requireNonNull(hearing.theCase().last());
    return state.seen.get(0).timeMicros() > before.timeMicros() - windowMicros;
  }

  /** Whether the window that ends now holds at least n. */
  private boolean holdsN(RuleState state, long time) {
    return state.seen.size() == n && state.seen.get(0).timeMicros() > time - windowMicros;
  }

  @Override
  public long due(Hearing hearing, RuleState state) {
    if (!existence || state.has(IN_SPELL)) {
      return NEVER;
    }
    long firstFull = hearing.theCase().first(state).timeMicros() + windowMicros;
    if (!state.has(FULL)) {
      return firstFull;
    }
    return Math.max(firstFull, state.seen.get(0).timeMicros() + windowMicros);
  }

  @Override
  public void onDue(Hearing hearing, RuleState state, long dueMicros) {
    state.set(FULL);
    if (!holdsN(state, dueMicros)) {
      state.set(IN_SPELL);
      reportTooFew(hearing, state, dueMicros);
    }
  }

  /** The window came to hold these. */
  public void reportTooMany(Hearing hearing, RuleState state, List<Mark> occurred, long time) {
    hearing.broken(
        state,
        time,
        occurred.stream().map(mark -> mark.as("activation")).toList(),
        Words.of(rule.activation())
            + " occurred "
            + n
            + " times within "
            + Words.duration(windowMicros)
            + ", allowed is fewer than "
            + n,
        Map.of("n", String.valueOf(n), "window", Words.duration(windowMicros)));
  }

  private void reportTooFew(Hearing hearing, RuleState state, long time) {
    hearing.broken(
        state,
        time,
        state.seen.stream().map(mark -> mark.as("activation")).toList(),
        Words.of(rule.activation())
            + " occurred fewer than "
            + n
            + " times in the "
            + Words.duration(windowMicros)
            + " before",
        Map.of("n", String.valueOf(n), "window", Words.duration(windowMicros)));
  }

  @Override
  public boolean startsWithCase() {
    return existence;
  }

  @Override
  public boolean canBeVacuous() {
    return false;
  }
}
