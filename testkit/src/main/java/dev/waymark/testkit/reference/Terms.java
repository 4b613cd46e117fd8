package dev.waymark.testkit.reference;

import dev.waymark.schemas.rule.Matcher;
import dev.waymark.schemas.rule.Rule;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The words of a rule as the definitions use them.
 *
 * @param a the activation: its matcher, by an agent in scope
 * @param b the target: its matcher, by anyone
 * @param answers which b may answer which a
 */
record Terms(Rule rule, Predicate<Occurrence> a, Predicate<Occurrence> b, Correlated answers) {

  static Terms of(Rule rule) {
    return new Terms(
        rule,
        matching(rule.activation()).and(occurrence -> isInScope(rule, occurrence)),
        matching(rule.target()),
        new Correlated(rule.correlate()));
  }

  boolean isInScope(Occurrence occurrence) {
    return isInScope(rule, occurrence);
  }

  List<Occurrence> activations(Case in) {
    return in.events().stream().filter(a).toList();
  }

  List<Occurrence> targets(Case in) {
    return in.events().stream().filter(b).toList();
  }

  private static boolean isInScope(Rule rule, Occurrence occurrence) {
    return NaiveGlob.matches(rule.scope().agent(), occurrence.event().agentId());
  }

  /** A template without the field never asks. */
  private static Predicate<Occurrence> matching(@Nullable Matcher matcher) {
    return matcher == null ? occurrence -> false : EventTest.of(matcher);
  }
}
