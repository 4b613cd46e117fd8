package dev.waymark.jobs.engine;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.rule.Condition;
import dev.waymark.schemas.rule.FieldTest;
import dev.waymark.schemas.rule.Glob;
import dev.waymark.schemas.rule.InvalidConditionException;
import dev.waymark.schemas.rule.MatchField;
import dev.waymark.schemas.rule.Matcher;
import dev.waymark.schemas.rule.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
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
  private final List<Clause> where;
  private final LongConsumer failures;

  private CompiledMatcher(
      List<FieldTest> classTests,
      List<FieldTest> eventTests,
      @Nullable CompiledMatcher not,
      List<Clause> where,
      LongConsumer failures) {
    this.classTests = classTests;
    this.eventTests = eventTests;
    this.not = not;
    this.where = where;
    this.failures = failures;
  }

  /** A condition, and whether it needs the events that earlier steps of a pattern took. */
  private record Clause(Condition condition, boolean readsSteps) {
    static Clause of(String where) {
      try {
        return new Clause(Condition.compile(where, false), false);
      } catch (InvalidConditionException e) {
        return readingSteps(where);
      }
    }

    private static Clause readingSteps(String where) {
      try {
        return new Clause(Condition.compile(where, true), true);
      } catch (InvalidConditionException e) {
        throw new IllegalStateException(
            "a valid rule has a condition that does not compile: " + where, e);
      }
    }
  }

  /**
   * Compiles a matcher of a valid rule.
   *
   * @param failures is told of conditions that failed at run time
   */
  public static CompiledMatcher of(Matcher matcher, LongConsumer failures) {
    return of(matcher, null, failures);
  }

  /** Compiles a step of a valid rule: its matcher and its own condition. */
  public static CompiledMatcher of(Step step, LongConsumer failures) {
    return of(step.match(), step.where(), failures);
  }

  private static CompiledMatcher of(
      Matcher matcher, @Nullable String stepWhere, LongConsumer failures) {
    List<FieldTest> classTests = new ArrayList<>();
    List<FieldTest> eventTests = new ArrayList<>();
    for (FieldTest test : matcher.tests()) {
      (CLASS_FIELDS.contains(test.field()) ? classTests : eventTests).add(test);
    }
    return new CompiledMatcher(
        classTests,
        eventTests,
        matcher.not() == null ? null : of(matcher.not(), failures),
        Stream.of(Optional.ofNullable(matcher.where()), Optional.ofNullable(stepWhere))
            .flatMap(Optional::stream)
            .map(Clause::of)
            .toList(),
        failures);
  }

  /** Whether it needs the events that earlier steps of a pattern took. */
  public boolean readsSteps() {
    return where.stream().anyMatch(Clause::readsSteps) || (not != null && not.readsSteps());
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
    if (!eventTests.isEmpty() || !where.isEmpty() || (not != null && not.canMatch(events))) {
      return false;
    }
    return canMatch(events);
  }

  /**
   * Whether the event matches, as far as it can be told without the events that earlier steps took.
   */
  public boolean matches(EventView view) {
    return fieldsMatch(view.event())
        && (not == null || not.readsSteps() || !not.matches(view))
        && holds(false, clause -> clause.condition.test(view.json()));
  }

  /**
   * Whether the event matches.
   *
   * @param steps the events that earlier steps took, by the step's name
   */
  public boolean matches(EventView view, Map<String, ?> steps) {
    return fieldsMatch(view.event())
        && (not == null || !not.matches(view, steps))
        && holds(true, clause -> clause.condition.test(view.json(), steps));
  }

  private boolean fieldsMatch(Event event) {
    return allMatch(classTests, event) && allMatch(eventTests, event);
  }

  /** Whether all conditions hold; a failure counts as no and is reported. */
  private boolean holds(boolean stepsKnown, Function<Clause, Condition.Outcome> evaluate) {
    for (Clause clause : where) {
      if (stepsKnown || !clause.readsSteps) {
        Condition.Outcome outcome = evaluate.apply(clause);
        if (outcome == Condition.Outcome.ERROR) {
          failures.accept(1);
        }
        if (outcome != Condition.Outcome.TRUE) {
          return false;
        }
      }
    }
    return true;
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
