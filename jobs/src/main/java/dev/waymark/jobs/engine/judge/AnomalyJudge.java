package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Proof;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.jobs.engine.Sample;
import dev.waymark.jobs.engine.WindowCounts;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code anomaly}: the count of the activation in a window lies within what the key's own windows
 * before it had. Too many is certain with the one that is too many, too few when the window closes,
 * and then the fault of the case that is open. Count: the first window whose close is still to
 * come.
 */
public final class AnomalyJudge implements Judge {
  private static final int TOO_FEW = -1;
  private static final int TOO_MANY = 1;
  private static final long LEAST_DEVIATION = 1;

  private final Rule rule;
  private final long windowMicros;

  public AnomalyJudge(Rule rule) {
    this.rule = rule;
    this.windowMicros = Objects.requireNonNull(rule.windowMicros(), "window");
  }

  @Override
  public void onStart(Hearing hearing, RuleState state) {
    state.count = windowOf(hearing.theCase().first(state).timeMicros());
    hearing.windowCounts().begin(state.count);
  }

  @Override
  public void onEvent(Hearing hearing, RuleState state, EventView event, long symbols) {
    if ((symbols & ACTIVATION) == 0) {
      return;
    }
    state.activations++;
    long window = windowOf(event.event().timeMicros());
    WindowCounts counts = hearing.windowCounts();
    counts.add(window);
    // A late one may lie in a window that is over, which is not judged again.
    boolean isJudged = counts.isLatest(window) && counts.isComparable(window);
    if (isJudged && isUnusual(counts, window, TOO_MANY) && counts.exceeds(window)) {
      report(
          hearing,
          state,
          window,
          event.event().timeMicros(),
          List.of(hearing.mark(event).as("activation")));
    }
  }

  @Override
  public long due(Hearing hearing, RuleState state) {
    long window = hearing.windowCounts().nextWithSomeBefore(state.count);
    return window == WindowCounts.NONE ? NEVER : closeOf(window);
  }

  @Override
  public void onDue(Hearing hearing, RuleState state, long dueMicros) {
    long window = windowOf(dueMicros) - 1;
    state.count = window + 1;
    if (isUnusual(hearing.windowCounts(), window, TOO_FEW)) {
      report(hearing, state, window, dueMicros, List.of());
    }
  }

  private boolean isUnusual(WindowCounts counts, long window, int side) {
    Sample usual = counts.before(window);
    long count = counts.in(window);
    return usual.side(count) == side && !usual.isWithin(count, rule.zeta(), LEAST_DEVIATION);
  }

  private void report(
      Hearing hearing, RuleState state, long window, long timeMicros, List<Proof> evidence) {
    long count = hearing.windowCounts().in(window);
    Sample usual = hearing.windowCounts().before(window);
    String mean = Words.number(usual.mean());
    String deviation = Words.number(Math.max(LEAST_DEVIATION, usual.deviation()));
    String zeta = Words.number(rule.zeta());
    String length = Words.duration(windowMicros);
    String from = Times.format(window * windowMicros);
    hearing.broken(
        state,
        timeMicros,
        evidence,
        Words.of(rule.activation())
            + " occurred "
            + count
            + " times in the "
            + length
            + " from "
            + from
            + ", usual is "
            + mean
            + " ± "
            + zeta
            + " · "
            + deviation
            + " in the "
            + usual.n()
            + " windows before",
        Map.of(
            "count", String.valueOf(count),
            "mean", mean,
            "sd", deviation,
            "n", String.valueOf(usual.n()),
            "zeta", zeta,
            "window", length,
            "from", from));
  }

  private long windowOf(long micros) {
    return Math.floorDiv(micros, windowMicros);
  }

  private long closeOf(long window) {
    return (window + 1) * windowMicros;
  }

  @Override
  public boolean startsWithCase() {
    return true;
  }
}
