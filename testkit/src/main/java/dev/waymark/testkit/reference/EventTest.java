package dev.waymark.testkit.reference;

import dev.waymark.schemas.rule.Condition;
import dev.waymark.schemas.rule.FieldTest;
import dev.waymark.schemas.rule.InvalidConditionException;
import dev.waymark.schemas.rule.Matcher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether an event is one of those a matcher means. */
final class EventTest implements Predicate<Occurrence> {
  private final Matcher matcher;
  private final boolean readsSteps;
  private final Map<String, Condition> conditions = new HashMap<>();

  private EventTest(Matcher matcher, boolean readsSteps) {
    this.matcher = matcher;
    this.readsSteps = readsSteps;
  }

  static EventTest of(Matcher matcher) {
    return new EventTest(matcher, false);
  }

  /** A test whose conditions may read the steps of a pattern. */
  static EventTest ofStep(Matcher matcher) {
    return new EventTest(matcher, true);
  }

  @Override
  public boolean test(Occurrence occurrence) {
    return matches(matcher, occurrence, Map.of());
  }

  /** The same, with the events that earlier steps took, by the step's name. */
  boolean test(Occurrence occurrence, Map<String, List<Map<String, Object>>> steps) {
    return matches(matcher, occurrence, steps);
  }

  /** Whether a CEL condition, if there is one, is true. */
  boolean isTrue(
      @Nullable String where, Occurrence occurrence, Map<String, List<Map<String, Object>>> steps) {
    if (where == null) {
      return true;
    }
    Condition condition = conditions.computeIfAbsent(where, this::compile);
    Condition.Outcome outcome =
        readsSteps ? condition.test(occurrence.json(), steps) : condition.test(occurrence.json());
    return outcome == Condition.Outcome.TRUE;
  }

  private boolean matches(
      Matcher part, Occurrence occurrence, Map<String, List<Map<String, Object>>> steps) {
    return part.tests().stream().allMatch(test -> matches(test, occurrence))
        && (part.not() == null || !matches(part.not(), occurrence, steps))
        && isTrue(part.where(), occurrence, steps);
  }

  private static boolean matches(FieldTest test, Occurrence occurrence) {
    String value = test.field().of(occurrence.event());
    return value != null && test.globs().stream().anyMatch(glob -> NaiveGlob.matches(glob, value));
  }

  private Condition compile(String where) {
    try {
      return Condition.compile(where, readsSteps);
    } catch (InvalidConditionException e) {
      throw new IllegalStateException("a parsed rule's condition compiles: " + where, e);
    }
  }
}
