package dev.waymark.jobs.engine.cep;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.jobs.engine.judge.ChainResponseJudge;
import dev.waymark.jobs.engine.judge.CountJudge;
import dev.waymark.jobs.engine.judge.Hearing;
import dev.waymark.jobs.engine.judge.Judge;
import dev.waymark.jobs.engine.judge.NotSuccessionJudge;
import dev.waymark.jobs.engine.judge.ResponseJudge;
import dev.waymark.jobs.engine.judge.StepsJudge;
import dev.waymark.jobs.engine.judge.WindowCountJudge;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Step.Contiguity;
import dev.waymark.schemas.rule.Template;
import dev.waymark.schemas.rule.Within;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.cep.pattern.conditions.IterativeCondition.Context;

/**
 * A template whose violations are the matches of a pattern. flink-cep's NFA finds them, the
 * template's direct judge words them, so that both say the same with the same ids.
 */
public final class TemplateJudge extends AutomatonJudge {
  /** What a match says of the case. */
  private interface Meaning {
    void tell(Hearing hearing, RuleState state, Match match, long timeMicros);
  }

  private final boolean canBeVacuous;
  private final boolean onceACase;
  private final Meaning meaning;

  private TemplateJudge(Form form, boolean canBeVacuous, boolean onceACase, Meaning meaning) {
    super(form, ACTIVATION);
    this.canBeVacuous = canBeVacuous;
    this.onceACase = onceACase;
    this.meaning = meaning;
  }

  /**
   * The judge of a rule that has a form; empty where what breaks the rule begins with something
   * missing, or is something missing in a span that only the case's end bounds.
   */
  public static Optional<Judge> of(Rule rule) {
    boolean bounded = rule.within() != null;
    return switch (rule.template()) {
      case ABSENCE -> Optional.of(rule.windowMicros() == null ? absence(rule) : absenceIn(rule));
      case RESPONSE -> bounded ? Optional.of(response(rule)) : Optional.empty();
      case CHAIN_RESPONSE -> bounded ? Optional.of(chainResponse(rule)) : Optional.empty();
      case NOT_SUCCESSION, NOT_CHAIN_SUCCESSION -> Optional.of(notSuccession(rule));
      case STEPS ->
          bounded && rule.ordered() && rule.when() != null
              ? Optional.of(steps(rule))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** The first n occurrences. */
  private static Judge absence(Rule rule) {
    CountJudge direct = new CountJudge(rule);
    return new TemplateJudge(
        new Form(List.of(occurrences(rule.n())), Absence.OF_NOTHING, Form.UNBOUNDED, false),
        false,
        true,
        (hearing, state, match, timeMicros) -> {
          direct.report(hearing, state, match.events(), timeMicros);
          settle(state);
        });
  }

  /**
   * Any n occurrences in a row within the window; told where the window did not hold n at the event
   * before. Seen: the first event of the match before.
   */
  private static Judge absenceIn(Rule rule) {
    WindowCountJudge direct = new WindowCountJudge(rule);
    long window = Objects.requireNonNull(rule.windowMicros(), "window");
    return new TemplateJudge(
        new Form(List.of(occurrences(rule.n())), Absence.OF_NOTHING, window - 1, false),
        false,
        false,
        (hearing, state, match, timeMicros) -> {
          Mark before = hearing.theCase().last();
          boolean heldBefore =
              before != null
                  && !state.seen.isEmpty()
                  && state.seen.get(0).timeMicros() > before.timeMicros() - window;
          state.seen.clear();
          state.seen.add(match.first());
          if (!heldBefore) {
            direct.reportTooMany(hearing, state, match.events(), timeMicros);
          }
        });
  }

  private static Part occurrences(int n) {
    return new Part(EventTest.of(ACTIVATION), Contiguity.RELAXED, n, n, false, Absence.OF_NOTHING);
  }

  /** An activation and then, up to the end of the span, no answer. */
  private static Judge response(Rule rule) {
    ResponseJudge direct = new ResponseJudge(rule, false);
    Absence noAnswer = new Absence(List.of(answer(rule)), List.of());
    return new TemplateJudge(
        new Form(List.of(activation()), noAnswer, maxMicros(rule), false),
        true,
        false,
        (hearing, state, match, timeMicros) ->
            direct.report(hearing, state, match.first(), timeMicros));
  }

  /** An activation and, as the very next event, no answer; or none before the span ran out. */
  private static Judge chainResponse(Rule rule) {
    ChainResponseJudge direct = new ChainResponseJudge(rule);
    Part other = Part.single(answer(rule).negated(), Contiguity.STRICT);
    return new TemplateJudge(
        new Form(List.of(activation(), other), Absence.OF_NOTHING, maxMicros(rule), true),
        true,
        false,
        (hearing, state, match, timeMicros) -> {
          if (match.events().size() > 1) {
            direct.reportNext(hearing, state, match.first(), match.last());
          } else {
            direct.reportNothing(hearing, state, match.first(), timeMicros);
          }
        });
  }

  /** An activation and an answer. */
  private static Judge notSuccession(Rule rule) {
    NotSuccessionJudge direct = new NotSuccessionJudge(rule);
    boolean directly = rule.template() == Template.NOT_CHAIN_SUCCESSION;
    Part answer = Part.single(answer(rule), directly ? Contiguity.STRICT : Contiguity.RELAXED);
    return new TemplateJudge(
        new Form(List.of(activation(), answer), Absence.OF_NOTHING, maxMicros(rule), false),
        true,
        false,
        (hearing, state, match, timeMicros) ->
            direct.report(hearing, state, match.first(), match.last()));
  }

  /** The steps after {@code when}; those that are not complete when the span runs out break it. */
  private static Judge steps(Rule rule) {
    StepsJudge direct = new StepsJudge(rule);
    List<Part> parts = new ArrayList<>();
    parts.add(activation());
    for (int i = 0; i < rule.steps().size(); i++) {
      parts.add(Part.single(EventTest.of(Judge.step(i)), Contiguity.RELAXED));
    }
    return new TemplateJudge(
        new Form(List.copyOf(parts), Absence.OF_NOTHING, maxMicros(rule), true),
        true,
        false,
        (hearing, state, match, timeMicros) -> {
          int seen = match.events().size() - 1;
          if (seen < rule.steps().size()) {
            direct.report(hearing, state, match.first().withProgress(seen), timeMicros);
          }
        });
  }

  private static Part activation() {
    return Part.single(EventTest.of(ACTIVATION), Contiguity.RELAXED);
  }

  private static long maxMicros(Rule rule) {
    return rule.within() == null ? Form.UNBOUNDED : rule.within().maxMicros();
  }

  /** A target that answers the activation taken first. */
  private static EventTest answer(Rule rule) {
    Within within = rule.within();
    return (event, before) -> {
      if (!event.now().has(TARGET)) {
        return false;
      }
      Mark activation = first(before);
      long gap = event.mark().timeMicros() - activation.timeMicros();
      return activation.correlatesWith(event.now().targetCorrelation())
          && (within == null || (gap >= within.minMicros() && gap <= within.maxMicros()));
    };
  }

  private static Mark first(Context<Taken> before) throws Exception {
    return before.getEventsForPattern(Part.page(0)).iterator().next().mark();
  }

  @Override
  boolean isActivation(Taken event) {
    return event.now().has(ACTIVATION);
  }

  @Override
  Taken taken(Hearing hearing, EventView event, long symbols) {
    return new Taken(hearing.activation(event), null)
        .judged(event, symbols, hearing.target(event).correlation());
  }

  @Override
  boolean mayBegin(RuleState state) {
    return !onceACase || state.matcher == null;
  }

  @Override
  void found(Hearing hearing, RuleState state, Match match, long timeMicros) {
    meaning.tell(hearing, state, match, timeMicros);
  }

  @Override
  public boolean canBeVacuous() {
    return canBeVacuous;
  }
}
