package dev.waymark.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.waymark.jobs.books.BookCounter;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.testkit.Events;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the engine does at its limits: says so, once, and goes on. */
class EngineLimitsTest {
  private static final int MANY = 1_000;
  private static final long MINUTE = 60_000;

  private static final String ASKS_ONCE =
      """
      { "id": "asks-once", "kind": "missing_step", "template": "absence",
        "activation": { "type": "action_request" }, "n": 2, "case": { "timeout": "PT1M" } KEY }""";

  @Test
  void aCaseTooManyIsToldOnceAndNotJudgedToItsEnd() throws Exception {
    // Given room for two cases
    try (OperatorRun run = run(rule(""), new EngineLimits(MANY, 2, MANY, MANY))) {
      for (String runId : List.of("r1", "r2", "r3")) {
        run.arrive(request(runId, 1, 0));
      }

      // When room comes while the third goes on, and when it has ended
      run.arrive(Events.finalizeRun("default", "r1", Events.START + 1_000));
      for (String runId : List.of("r2", "r3")) {
        run.arrive(request(runId, 2, 10));
      }
      run.arrive(request("r3", 3, 2 * MINUTE));
      run.arrive(request("r3", 4, 2 * MINUTE));
      run.time(millis(10 * MINUTE));
      run.restoreWith(1);

      // Then
      assertThat(run.violations)
          .extracting(Violation::ruleId, Violation::kind, Violation::runId, EngineLimitsTest::seqs)
          .containsExactlyInAnyOrder(
              tuple("engine-max-open-cases", "engine_limit", "r3", List.of(1L)),
              tuple("asks-once", "missing_step", "r2", List.of(1L, 2L)),
              tuple("asks-once", "missing_step", "r3", List.of(3L, 4L)));
      assertThat(run.book(BookCounter.CASES_BEYOND_LIMIT)).isEqualTo(1);
      assertThat(run.book(BookCounter.NOT_JUDGED)).isEqualTo(2);
      assertThat(run.outcomes.get("default/asks-once"))
          .as("cases, activations, held, vacuous, broken, violations")
          .containsExactly(3, 3, 1, 0, 2, 2);
      assertBalanced(run);
    }
  }

  @Test
  void openCasesAreCountedOverRestoresAndRescaling() throws Exception {
    try (OperatorRun run = run(rule(""), new EngineLimits(MANY, 6, MANY, MANY))) {
      // Given six open cases
      for (int i = 1; i <= 6; i++) {
        run.arrive(request("r" + i, 1, i));
      }
      run.time(millis(10));

      // When they have been in two instances, each with room again, and are in one
      run.restoreWith(2);
      run.arrive(Events.finalizeRun("default", "r1", Events.START + 20_000));
      run.time(millis(20));
      run.restoreWith(1);
      run.arrive(request("r7", 1, 30));
      run.arrive(request("r8", 1, 31));
      run.time(millis(40));

      // Then there was room for one
      assertThat(run.violations)
          .extracting(Violation::ruleId, Violation::runId)
          .containsExactly(tuple("engine-max-open-cases", "r8"));
    }
  }

  @Test
  void casesOfOtherKeysHaveALimitOfTheirOwn() throws Exception {
    Rule rule = rule(", \"key\": [\"agent\"]");
    try (OperatorRun run = run(rule, new EngineLimits(MANY, 1, MANY, MANY))) {
      run.arrive(Events.request("a").run("r1").agent("one").at(0).build());
      run.arrive(Events.request("a").run("r2").agent("two").at(1).build());
      run.time(millis(10));
      run.restoreWith(2);

      assertThat(run.violations)
          .extracting(Violation::ruleId, Violation::caseKey, Violation::runId)
          .containsExactly(tuple("engine-max-open-cases", "two", null));
      assertThat(run.book(BookCounter.CASES_BEYOND_LIMIT)).isEqualTo(1);
      assertBalanced(run);
    }
  }

  @Test
  void eventsBeyondThoseThatMayWaitAreToldOnceABurst() throws Exception {
    // Given room for three events of a case, two of them in memory, and time that stands still
    EngineLimits limits = new EngineLimits(MANY, MANY, 2, 3);
    try (OperatorRun run = new OperatorRun(List.of(rule("")), MINUTE, 1, null, limits)) {
      for (int seq = 1; seq <= 5; seq++) {
        run.arrive(request("r1", seq, seq));
      }
      run.arrive(request("r2", 1, 6));
      run.restoreWith(2);
      run.arrive(request("r1", 6, 7));
      assertThat(run.book(BookCounter.WAITING)).isEqualTo(4);

      // When time moves on and there is a burst again
      run.time(millis(10));
      for (int seq = 7; seq <= 10; seq++) {
        run.arrive(request("r1", seq, 10 + seq));
      }
      run.time(millis(MINUTE / 2));
      run.restoreWith(1);

      // Then
      assertThat(run.violations)
          .filteredOn(violation -> violation.kind().equals("engine_limit"))
          .extracting(Violation::ruleId, Violation::runId, EngineLimitsTest::seqs)
          .containsExactly(
              tuple("engine-max-waiting-events-a-case", "r1", List.of(4L)),
              tuple("engine-max-waiting-events-a-case", "r1", List.of(10L)));
      assertThat(run.violations)
          .filteredOn(violation -> violation.ruleId().equals("asks-once"))
          .hasSize(1);
      assertThat(run.book(BookCounter.WAITING_BEYOND_LIMIT)).isEqualTo(4);
      assertThat(run.book(BookCounter.NOT_JUDGED)).isEqualTo(4);
      assertThat(run.book(BookCounter.WAITING)).isZero();
      assertBalanced(run);
    }
  }

  @Test
  void partialMatchesBeyondTheLimitAreCountedEach() throws Exception {
    Rule rule =
        RuleParser.parseRule(
            """
            { "id": "answered", "kind": "sequence", "template": "response",
              "activation": { "type": "action_request" }, "target": { "type": "final_output" } }""");
    try (OperatorRun run = run(rule, new EngineLimits(1, MANY, MANY, MANY))) {
      for (int seq = 1; seq <= 3; seq++) {
        run.arrive(request("r1", seq, seq));
      }
      run.time(millis(10));
      run.restoreWith(1);

      assertThat(run.violations).extracting(Violation::kind).containsExactly("engine_limit");
      assertThat(run.book(BookCounter.PARTIAL_MATCHES_BEYOND_LIMIT)).isEqualTo(2);
    }
  }

  private static void assertBalanced(OperatorRun run) {
    assertThat(
            LongStream.of(
                    run.book(BookCounter.JUDGED),
                    run.book(BookCounter.LATE),
                    run.book(BookCounter.WAITING),
                    run.book(BookCounter.NOT_JUDGED))
                .sum())
        .as("what became of the accepted")
        .isEqualTo(run.book(BookCounter.ACCEPTED));
  }

  private static List<Long> seqs(Violation violation) {
    return violation.evidence().stream().map(item -> item.seq()).toList();
  }

  private static OperatorRun run(Rule rule, EngineLimits limits) throws Exception {
    return new OperatorRun(List.of(rule), 0, 1, null, limits);
  }

  private static Rule rule(String key) throws Exception {
    return RuleParser.parseRule(ASKS_ONCE.replace("KEY", key));
  }

  private static Event request(String runId, long seq, long atMs) {
    return Events.request("a").run(runId).seq(seq).at(atMs).build();
  }

  private static long millis(long afterStart) {
    return Times.toMillis(Events.START) + afterStart;
  }
}
