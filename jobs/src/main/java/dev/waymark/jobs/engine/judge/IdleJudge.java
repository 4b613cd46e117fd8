package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.CaseState;
import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.schemas.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code idle}: two consecutive events are at most {@code within.max} apart. Falls by silence too,
 * at the last event's time plus the bound, while the case is open and no final output was seen.
 * Count: one more than the position of the event whose gap has been reported.
 */
public final class IdleJudge implements Judge {
  private final long maxMicros;

  public IdleJudge(Rule rule) {
    this.maxMicros = Objects.requireNonNull(rule.within(), "within").maxMicros();
  }

  @Override
  public void onEvent(Hearing hearing, RuleState state, EventView event, long symbols) {
    Mark last = hearing.theCase().last();
    long time = event.event().timeMicros();
    if (last != null
        && time - last.timeMicros() > maxMicros
        && state.count != last.position() + 1) {
      report(
          hearing,
          state,
          last,
          time,
          "the next event came after " + Words.duration(time - last.timeMicros()));
    }
  }

  @Override
  public long due(Hearing hearing, RuleState state) {
    CaseState aCase = hearing.theCase();
    Mark last = aCase.last();
    if (last == null || aCase.sawFinalOutput() || state.count == last.position() + 1) {
      return NEVER;
    }
    return last.timeMicros() + maxMicros;
  }

  @Override
  public void onDue(Hearing hearing, RuleState state, long dueMicros) {
    report(
        hearing,
        state,
        Objects.requireNonNull(hearing.theCase().last()),
        dueMicros,
        "nothing came");
  }

  private void report(
      Hearing hearing, RuleState state, Mark last, long timeMicros, String finding) {
    state.count = last.position() + 1;
    hearing.broken(
        state,
        timeMicros,
        List.of(last.as("event")),
        finding + " after seq " + last.seq() + ", allowed is " + Words.duration(maxMicros),
        Map.of("within_max", Words.duration(maxMicros)));
  }

  @Override
  public boolean watchesEveryEvent() {
    return true;
  }

  @Override
  public boolean canBeVacuous() {
    return false;
  }
}
