package dev.waymark.jobs.engine;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.rule.Condition;
import dev.waymark.schemas.rule.FieldTest;
import dev.waymark.schemas.rule.Glob;
import dev.waymark.schemas.rule.InvalidConditionException;
import dev.waymark.schemas.rule.MatchField;
import dev.waymark.schemas.rule.Matcher;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A matcher in two parts: what depends on an event's {@link EventClass} alone, decided once a
 * class, and what must be looked at in every event.
 */
public final class CompiledMatcher {
  /** The fields that make up an {@link EventClass}. */
  private static final Set<MatchField> CLASS_FIELDS =
      EnumSet.of(
          MatchField.TYPE,
          MatchField.ACTOR,
          MatchField.AGENT,
          MatchField.ACTION,
          MatchField.STATUS);

  private final List<FieldTest> classTests;
  private final List<FieldTest> eventTests;
  private final @Nullable CompiledMatcher not;
  private final @Nullable Condition where;
  private final LongConsumer failures;

  private CompiledMatcher(
      List<FieldTest> classTests,
      List<FieldTest> eventTests,
      @Nullable CompiledMatcher not,
      @Nullable Condition where,
      LongConsumer failures) {
    this.classTests = classTests;
    this.eventTests = eventTests;
    this.not = not;
    this.where = where;
    this.failures = failures;
  }

  /**
   * Compiles a matcher of a valid rule.
   *
   * @param failures is told of conditions that failed at run time
   */
  public static CompiledMatcher of(Matcher matcher, boolean stepsReadable, LongConsumer failures) {
    List<FieldTest> classTests = new ArrayList<>();
    List<FieldTest> eventTests = new ArrayList<>();
    for (FieldTest test : matcher.tests()) {
      (CLASS_FIELDS.contains(test.field()) ? classTests : eventTests).add(test);
    }
    return new CompiledMatcher(
        classTests,
        eventTests,
        matcher.not() == null ? null : of(matcher.not(), stepsReadable, failures),
        condition(matcher.where(), stepsReadable),
        failures);
  }

  /** Compiles a condition of a valid rule; null stays null. */
  public static @Nullable Condition condition(@Nullable String where, boolean stepsReadable) {
    if (where == null) {
      return null;
    }
    try {
      return Condition.compile(where, stepsReadable);
    } catch (InvalidConditionException e) {
      throw new IllegalStateException(
          "a valid rule has a condition that does not compile: " + where, e);
    }
  }

  /** Whether an event of this class can match. */
  public boolean canMatch(EventClass events) {
    for (FieldTest test : classTests) {
      if (!anyGlob(test.globs(), events.field(test.field()))) {
        return false;
      }
    }
    return not == null || !not.mustMatch(events);
  }

  /** Whether every event of this class matches. */
  public boolean mustMatch(EventClass events) {
    if (!eventTests.isEmpty() || where != null || (not != null && not.canMatch(events))) {
      return false;
    }
    return canMatch(events);
  }

  public boolean matches(EventView view) {
    return matches(view, Map.of());
  }

  /** Whether the event matches, given the earlier steps' events by step name. */
  public boolean matches(EventView view, Map<String, ?> steps) {
    Event event = view.event();
    return allMatch(classTests, event)
        && allMatch(eventTests, event)
        && (not == null || !not.matches(view, steps))
        && (where == null || holds(where, view, steps, failures));
  }

  /** Whether a condition holds; a failure counts as no and is reported. */
  public static boolean holds(
      Condition where, EventView view, Map<String, ?> steps, LongConsumer failures) {
    Condition.Outcome outcome =
        steps.isEmpty() ? where.test(view.json()) : where.test(view.json(), steps);
    if (outcome == Condition.Outcome.ERROR) {
      failures.accept(1);
    }
    return outcome == Condition.Outcome.TRUE;
  }

  private static boolean allMatch(List<FieldTest> tests, Event event) {
    for (FieldTest test : tests) {
      if (!anyGlob(test.globs(), test.field().of(event))) {
        return false;
      }
    }
    return true;
  }

  private static boolean anyGlob(List<String> globs, @Nullable String value) {
    if (value == null) {
      return false;
    }
    for (String glob : globs) {
      if (Glob.matches(glob, value)) {
        return true;
      }
    }
    return false;
  }
}
