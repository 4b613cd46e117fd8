package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.schemas.rule.Rule;

/**
 * The {@code succession} templates: every activation has its response and every target its
 * forerunner. The two judges keep their knowledge in different parts of one state: the one in
 * pending, the other in seen.
 */
public final class BothJudge implements Judge {
  private final Judge response;
  private final Judge precedence;

  private BothJudge(Judge response, Judge precedence) {
    this.response = response;
    this.precedence = precedence;
  }

  public static Judge succession(Rule rule) {
    return new BothJudge(new ResponseJudge(rule, false), new PrecedenceJudge(rule, Side.TARGET));
  }

  public static Judge alternateSuccession(Rule rule) {
    return new BothJudge(
        new AlternateResponseJudge(rule), new AlternatePrecedenceJudge(rule, Side.TARGET));
  }

  public static Judge chainSuccession(Rule rule) {
    return new BothJudge(new ChainResponseJudge(rule), new ChainPrecedenceJudge(rule, Side.TARGET));
  }

  @Override
  public void onEvent(Hearing hearing, RuleState state, EventView event, long symbols) {
    precedence.onEvent(hearing, state, event, symbols);
    response.onEvent(hearing, state, event, symbols);
  }

  @Override
  public void onEnd(Hearing hearing, RuleState state, long endMicros) {
    response.onEnd(hearing, state, endMicros);
  }

  @Override
  public boolean awaitsNext(RuleState state) {
    return response.awaitsNext(state);
  }
}
