package dev.waymark.jobs.engine.cep;

import dev.waymark.jobs.engine.CompiledMatcher;
import dev.waymark.jobs.engine.judge.Judge;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.cep.pattern.conditions.IterativeCondition.Context;
import org.jspecify.annotations.Nullable;

/**
 * Whether an event is what a step of a pattern asks for. The event's symbol tells, save where the
 * step reads what earlier steps took: there the symbol tells only that it may be.
 */
final class StepTest implements EventTest {
  private final long symbol;
  private final @Nullable CompiledMatcher readingSteps;
  private final List<Step> takingSteps;

  private StepTest(long symbol, @Nullable CompiledMatcher readingSteps, List<Step> takingSteps) {
    this.symbol = symbol;
    this.readingSteps = readingSteps;
    this.takingSteps = takingSteps;
  }

  /** The tests of a pattern's steps. */
  static List<StepTest> of(Rule rule, List<CompiledMatcher> matchers) {
    List<Step> taking = rule.steps().stream().filter(step -> !step.absent()).toList();
    List<StepTest> tests = new ArrayList<>();
    for (int i = 0; i < matchers.size(); i++) {
      CompiledMatcher matcher = matchers.get(i);
      tests.add(new StepTest(Judge.step(i), matcher.readsSteps() ? matcher : null, taking));
    }
    return List.copyOf(tests);
  }

  boolean readsSteps() {
    return readingSteps != null;
  }

  @Override
  public boolean test(Taken event, Context<Taken> before) throws Exception {
    Taken.Now now = event.now();
    if (readingSteps == null || !now.has(symbol)) {
      return now.has(symbol);
    }
    CompiledMatcher matcher = readingSteps;
    return now.once(symbol, before, () -> matcher.matches(now.event(), eventsByStep(before)));
  }

  /** Whether it accepts an event before which nothing was taken. */
  boolean acceptsAsFirst(Taken event) {
    Taken.Now now = event.now();
    return now.has(symbol) && (readingSteps == null || readingSteps.matches(now.event(), Map.of()));
  }

  /** What conditions read as {@code step}; a step that has taken nothing is missing. */
  private Map<String, List<Map<String, Object>>> eventsByStep(Context<Taken> before)
      throws Exception {
    Map<String, List<Map<String, Object>>> byStep = new LinkedHashMap<>();
    for (int i = 0; i < takingSteps.size(); i++) {
      List<Map<String, Object>> taken = new ArrayList<>();
      for (Taken event : before.getEventsForPattern(Part.page(i))) {
        taken.add(event.parsed());
      }
      if (!taken.isEmpty()) {
        byStep.put(takingSteps.get(i).name(), taken);
      }
    }
    return byStep;
  }
}
