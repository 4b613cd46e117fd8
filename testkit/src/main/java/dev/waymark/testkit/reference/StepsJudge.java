package dev.waymark.testkit.reference;

import dev.waymark.schemas.rule.Matcher;
import dev.waymark.schemas.rule.Within;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** steps: after each {@code when}, or from the case's start, every step occurs. */
final class StepsJudge implements Judge {
  private final Terms terms;
  private final List<EventTest> steps;
  private final Predicate<Occurrence> when;

  StepsJudge(Terms terms) {
    this.terms = terms;
    this.steps = terms.rule().steps().stream().map(step -> EventTest.of(step.match())).toList();
    Matcher whenMatcher = terms.rule().when();
    this.when =
        whenMatcher == null ? occurrence -> false : EventTest.of(whenMatcher).and(terms::isInScope);
  }

  @Override
  public int activations(Case in) {
    return startsWithCase() ? 1 : (int) in.events().stream().filter(when).count();
  }

  @Override
  public List<Break> breaks(Case in) {
    if (startsWithCase()) {
      long limit = limit(in.first());
      return occur(in, 0, limit) ? List.of() : List.of(Break.at(in.orEnd(limit)));
    }
    List<Break> breaks = new ArrayList<>();
    for (int i = 0; i < in.size(); i++) {
      long limit = limit(in.at(i));
      if (when.test(in.at(i)) && !occur(in, i + 1, limit)) {
        breaks.add(Break.at(in.orEnd(limit), in.at(i)));
      }
    }
    return breaks;
  }

  private boolean startsWithCase() {
    return terms.rule().when() == null;
  }

  private long limit(Occurrence start) {
    Within within = terms.rule().within();
    return within == null ? Long.MAX_VALUE : start.time() + within.maxMicros();
  }

  private boolean occur(Case in, int from, long limit) {
    List<Occurrence> after =
        in.events().subList(from, in.size()).stream().filter(e -> e.time() <= limit).toList();
    return terms.rule().ordered()
        ? occurInOrder(steps, after)
        : steps.stream().allMatch(step -> after.stream().anyMatch(step));
  }

  /** Some event is the first step, and the other steps occur in order after it. */
  private static boolean occurInOrder(List<EventTest> steps, List<Occurrence> events) {
    if (steps.isEmpty()) {
      return true;
    }
    for (int i = 0; i < events.size(); i++) {
      if (steps.get(0).test(events.get(i))) {
        // The earliest leaves most room for the rest.
        return occurInOrder(steps.subList(1, steps.size()), events.subList(i + 1, events.size()));
      }
    }
    return false;
  }
}
