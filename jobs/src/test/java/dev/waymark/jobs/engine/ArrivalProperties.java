package dev.waymark.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.jobs.books.BookCounter;
import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.schemas.rule.Template;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.testkit.Events;
import dev.waymark.testkit.random.Arrivals;
import dev.waymark.testkit.random.RandomRules;
import dev.waymark.testkit.random.RandomTraces;
import dev.waymark.testkit.random.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** How a log comes in, and what happens to the job meanwhile, changes nothing of what is found. */
class ArrivalProperties {
  /** Milliseconds. */
  private static final long OUT_OF_ORDERNESS = 3_000;

  private static final long MICROS = 1_000;
  private static final long YEAR_MS = 365L * 24 * 3_600 * 1_000;

  @Property(tries = 150)
  void orderRepeatsCheckpointsAndRescalingChangeNothing(
      @ForAll("rules") List<Rule> rules, @ForAll("traces") Trace trace, @ForAll long seed)
      throws Exception {
    assertArrivalChangesNothing(rules, trace, seed);
  }

  @Property(tries = 15)
  void orderRepeatsCheckpointsAndRescalingChangeNothingOfWhatWasLearnt(
      @ForAll("learningRules") List<Rule> rules,
      @ForAll("learnableTraces") Trace trace,
      @ForAll long seed)
      throws Exception {
    assertArrivalChangesNothing(rules, trace, seed);
  }

  private static void assertArrivalChangesNothing(List<Rule> rules, Trace trace, long seed)
      throws Exception {
    // Given
    EngineRun expected = EngineRun.of(rules, EngineProperties.records(trace));
    Random random = new Random(seed);

    // When
    try (OperatorRun run =
        new OperatorRun(rules, OUT_OF_ORDERNESS, 1 + random.nextInt(2), lastMicros(trace))) {
      for (Decoded record : arrivals(trace, random)) {
        run.arrive(record);
        if (random.nextInt(8) == 0) {
          run.restoreWith(1 + random.nextInt(2));
        }
      }
      run.end();

      // Then
      assertThat(run.violations).containsExactlyInAnyOrderElementsOf(expected.violations);
      assertThat(sums(run)).isEqualTo(sums(expected));
      assertThat(run.book(BookCounter.ACCEPTED)).isEqualTo(trace.events().size());
      assertThat(run.book(BookCounter.JUDGED)).isEqualTo(trace.events().size());
      assertThat(run.book(BookCounter.WAITING)).isZero();
    }
  }

  @Example
  void aResponseKnowsItsActionHoweverFarTimeJumps() throws Exception {
    // Given no case that would keep the run
    Rule rule =
        RuleParser.parseRule(
            "{id: paid, kind: sequence, template: precedence, activation: {type: action_response,"
                + " action: pay}, target: {type: error}, key: agent}");
    List<Event> events =
        List.of(
            Events.request("pay").seq(1).callId("c").build(),
            Events.response("success").seq(2).callId("c").build());

    // When
    try (OperatorRun run = new OperatorRun(List.of(rule), OUT_OF_ORDERNESS, 1, null)) {
      for (Event event : events) {
        run.arrive(event);
      }
      run.time(Times.toMillis(Events.START) + YEAR_MS);

      // Then
      assertThat(run.violations).extracting(Violation::ruleId).containsExactly("paid");
      assertThat(run.stateEntries()).isZero();
    }
  }

  @Test
  void lateEventsAreCountedThoughNoWatermarkFollows() throws Exception {
    Rule rule =
        RuleParser.parse(
                """
                version: 1
                rules: [ { id: a, kind: missing_step, template: existence, activation: {type: error} } ]
                """)
            .get(0);
    Event first = Events.reasoning("now").run("r1").at(YEAR_MS).build();
    Event late = Events.reasoning("long ago").run("r2").at(0).build();
    try (OperatorRun run = new OperatorRun(List.of(rule), OUT_OF_ORDERNESS, 1, null)) {
      run.arrive(first);

      run.arrive(late);

      run.restoreWith(1);
      assertThat(run.book(BookCounter.LATE)).isEqualTo(1);
      assertThat(run.book(BookCounter.WAITING)).isEqualTo(1);
    }
  }

  @Property(tries = 80)
  void afterTheLastCaseAndTheHorizonNothingIsKept(
      @ForAll("rules") List<Rule> rules, @ForAll("traces") Trace trace, @ForAll long seed)
      throws Exception {
    // Given
    List<Rule> ending = rules.stream().filter(rule -> rule.caseConfig().timesOut()).toList();
    Random random = new Random(seed);

    try (OperatorRun run = new OperatorRun(ending, OUT_OF_ORDERNESS, 1, null)) {
      for (Decoded record : arrivals(trace, random)) {
        run.arrive(record);
      }
      run.restoreWith(2);
      assertThat(run.stateEntries()).isPositive();

      // When
      run.time(Times.toMillis(lastMicros(trace)) + YEAR_MS);

      // Then
      assertThat(run.stateEntries()).isZero();
    }
  }

  /** Every record delayed within the bound, and some events twice. */
  private static List<Decoded> arrivals(Trace trace, Random random) {
    List<Event> events =
        Arrivals.withRepeats(
            Arrivals.disordered(trace.events(), OUT_OF_ORDERNESS * MICROS, random), random);
    List<Decoded> records = new ArrayList<>(events);
    trace.finalizes().stream()
        .sorted(Comparator.comparingLong(Decoded::timeMicros))
        .forEach(end -> records.add(positionOf(end, records), end));
    return records;
  }

  /** A finalize comes when an event of its time might have come. */
  private static int positionOf(Decoded end, List<Decoded> records) {
    int position = 0;
    while (position < records.size()
        && records.get(position).timeMicros() < end.timeMicros() + OUT_OF_ORDERNESS * MICROS) {
      position++;
    }
    return position;
  }

  private static long lastMicros(Trace trace) {
    return trace.events().stream().mapToLong(Event::timeMicros).max().orElseThrow();
  }

  private static Map<String, List<Long>> sums(OperatorRun run) {
    Map<String, List<Long>> sums = new HashMap<>();
    run.outcomes.forEach(
        (rule, figures) -> {
          List<Long> list = new ArrayList<>();
          for (long figure : figures) {
            list.add(figure);
          }
          sums.put(rule, list);
        });
    return sums;
  }

  private static Map<String, List<Long>> sums(EngineRun run) {
    Map<String, List<Long>> sums = new HashMap<>();
    run.outcomes.forEach(
        (rule, delta) ->
            sums.put(
                rule,
                List.of(
                    delta.cases(),
                    delta.activations(),
                    delta.held(),
                    delta.vacuous(),
                    delta.broken(),
                    delta.violations())));
    return sums;
  }

  @Provide
  Arbitrary<List<Rule>> rules() {
    return RandomRules.sets(3);
  }

  @Provide
  Arbitrary<List<Rule>> learningRules() {
    return Arbitraries.of(Template.PROFILE, Template.ANOMALY)
        .flatMap(RandomRules::of)
        .map(List::of);
  }

  @Provide
  Arbitrary<Trace> learnableTraces() {
    return RandomTraces.learnable().map(ArrivalProperties::endingWithAnEvent);
  }

  @Provide
  Arbitrary<Trace> traces() {
    return RandomTraces.small().map(ArrivalProperties::endingWithAnEvent);
  }

  /** A finalize behind the last event would move time beyond the end of the input. */
  private static Trace endingWithAnEvent(Trace trace) {
    long last = lastMicros(trace);
    return new Trace(
        trace.events(),
        trace.finalizes().stream().filter(end -> end.timeMicros() <= last).toList());
  }
}
