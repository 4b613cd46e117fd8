package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.Proof;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Template;
import java.util.List;
import java.util.Map;

/**
 * The templates that only ask which of two events occur in a case, in whatever order: {@code
 * choice}, {@code exclusive_choice}, {@code co_existence}, {@code not_co_existence}. Keeps the
 * first of each, with what it was as its progress.
 */
public final class OccurrenceJudge implements Judge {
  private static final int SAW_ACTIVATION = 1;
  private static final int SAW_TARGET = 2;
  private static final int SAW_BOTH = SAW_ACTIVATION | SAW_TARGET;

  private final Rule rule;
  private final boolean bothForbidden;

  public OccurrenceJudge(Rule rule) {
    this.rule = rule;
    this.bothForbidden =
        rule.template() == Template.EXCLUSIVE_CHOICE
            || rule.template() == Template.NOT_CO_EXISTENCE;
  }

  @Override
  public void onEvent(Hearing hearing, RuleState state, EventView event, long symbols) {
    state.activations += Long.bitCount(symbols & (ACTIVATION | TARGET));
    int before = state.flags;
    if ((symbols & ACTIVATION) != 0) {
      state.set(SAW_ACTIVATION);
    }
    if ((symbols & TARGET) != 0) {
      state.set(SAW_TARGET);
    }
    if (state.flags == before) {
      return;
    }
    Mark mark = hearing.mark(event);
    state.seen.add(mark.withProgress(state.flags ^ before));
    if (bothForbidden && state.has(SAW_ACTIVATION) && state.has(SAW_TARGET)) {
      report(hearing, state, mark.timeMicros(), "both occurred: ");
    }
  }

  @Override
  public void onEnd(Hearing hearing, RuleState state, long endMicros) {
    int saw = state.flags & SAW_BOTH;
    switch (rule.template()) {
      case CHOICE, EXCLUSIVE_CHOICE -> {
        if (saw == 0) {
          report(hearing, state, endMicros, "neither occurred: ");
        }
      }
      case CO_EXISTENCE -> {
        if (saw == SAW_ACTIVATION || saw == SAW_TARGET) {
          report(hearing, state, endMicros, "only one of the two occurred: ");
        }
      }
      default -> {
        // not_co_existence was decided when both had occurred.
      }
    }
  }

  private void report(Hearing hearing, RuleState state, long timeMicros, String finding) {
    List<Proof> evidence =
        state.seen.stream()
            .map(mark -> mark.as((mark.progress() & SAW_ACTIVATION) != 0 ? "activation" : "target"))
            .toList();
    hearing.broken(
        state,
        timeMicros,
        evidence,
        finding + Words.of(rule.activation()) + " and " + Words.of(rule.target()),
        Map.of());
  }

  @Override
  public boolean judgesUntouched() {
    return rule.template() == Template.CHOICE || rule.template() == Template.EXCLUSIVE_CHOICE;
  }

  @Override
  public boolean canBeVacuous() {
    return rule.template() == Template.CO_EXISTENCE || rule.template() == Template.NOT_CO_EXISTENCE;
  }
}
