package dev.waymark.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.jobs.Pipeline;
import dev.waymark.jobs.check.InMemory;
import dev.waymark.jobs.config.CacheConfig;
import dev.waymark.jobs.config.TimeConfig;
import dev.waymark.jobs.config.TimeMode;
import dev.waymark.jobs.engine.EngineConfig;
import dev.waymark.jobs.engine.EngineLimits;
import dev.waymark.jobs.engine.Matching;
import dev.waymark.jobs.engine.RuleRecord;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.ports.IncomingTypeInfoFactory;
import dev.waymark.jobs.ports.JobPorts;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.schemas.violation.Evidence;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.testkit.Events;
import dev.waymark.testkit.reference.Finding;
import dev.waymark.testkit.reference.Outcome;
import dev.waymark.testkit.reference.ReferenceEvaluator;
import dev.waymark.testkit.reference.Verdict;
import dev.waymark.testkit.reference.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole topology on a finished log, in two instances of every operator. */
class LearntTopologyTest {
  private static final long SEED = 20_260_301;
  private static final int RUNS = 80;
  private static final int CALLS_A_RUN = 4;
  private static final long FOR_EVER_MS = Duration.ofDays(3_650).toMillis();

  private static final String RULES =
      """
      version: 1
      case: { timeout: PT2M }
      rules:
        - { id: pace, kind: timelag, template: profile, activation: {type: action_request},
            target: {type: action_response}, correlate: [meta.call_id], zeta: 2 }
        - { id: pace-of-agent, kind: timelag, template: profile, activation: {type: action_request},
            target: {type: action_response}, zeta: 1.5, key: agent, case: {timeout: PT2M, settle: PT5S} }
        - { id: load, kind: frequency, template: anomaly, activation: {type: action_request}, window: PT10S,
            zeta: 1.5, key: agent }
        - { id: answered, kind: timelag, template: response, activation: {type: action_request},
            target: {type: action_response}, correlate: [meta.call_id], within: {max: PT3S} }
      """;

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private final List<Violation> violations = new ArrayList<>();
  private final Map<String, OutcomeRow> outcomes = new HashMap<>();

  @Test
  void findsWhatTheDefinitionsSayOfWhatWasLearnt() throws Exception {
    // Given
    List<Rule> rules = RuleParser.parse(RULES);
    List<Event> log = log(new Random(SEED));
    List<Verdict> expected = ReferenceEvaluator.judge(rules, log, List.of());
    for (Rule rule : rules) {
      assertThat(expected)
          .as("seed %d breaks %s", SEED, rule.id())
          .anyMatch(
              verdict -> verdict.ruleId().equals(rule.id()) && verdict.outcome() == Outcome.BROKEN);
    }

    // When
    run(rules, log);

    // Then
    assertThat(violations.stream().map(LearntTopologyTest::fact))
        .containsExactlyInAnyOrderElementsOf(
            expected.stream()
                .flatMap(verdict -> verdict.findings().stream())
                .map(LearntTopologyTest::fact)
                .toList());
    for (Rule rule : rules) {
      OutcomeRow row = outcomes.get(rule.id());
      assertThat(List.of(row.held(), row.vacuous(), row.broken(), row.open()))
          .as("held, vacuous, broken, open of " + rule.id())
          .isEqualTo(
              List.of(
                  count(expected, rule, Outcome.HELD),
                  count(expected, rule, Outcome.VACUOUS),
                  count(expected, rule, Outcome.BROKEN),
                  0L));
    }
  }

  private void run(List<Rule> rules, List<Event> log) throws Exception {
    List<Incoming> records = new ArrayList<>();
    for (Event event : log) {
      records.add(new Incoming(event, null, 0, records.size(), 0, false, Incoming.NO_TIME));
    }
    List<RuleRecord> changes = new ArrayList<>();
    for (Rule rule : rules) {
      changes.add(
          new RuleRecord(changes.size(), RuleChange.of(rule, 1, RuleChange.BEGINNING).encode()));
    }
    ValidationPorts ports =
        new ValidationPorts(
            new JobPorts(
                InMemory.source(records, IncomingTypeInfoFactory.TYPE),
                InMemory.sink(letter -> {}),
                InMemory.sink(letter -> {}),
                InMemory.sink(row -> {})),
            changes,
            InMemory.source(changes, TypeInformation.of(RuleRecord.class)),
            InMemory.sink(violations::add),
            InMemory.sink(violation -> {}),
            InMemory.<OutcomeRow>sink(row -> outcomes.put(row.ruleId(), row)),
            InMemory.sink(status -> {}));
    EngineConfig engine =
        new EngineConfig(
            EngineLimits.DEFAULT,
            Matching.AUTO,
            new CacheConfig(1 << 20),
            FOR_EVER_MS * 1_000,
            log.get(log.size() - 1).timeMicros());
    StreamExecutionEnvironment env = Pipeline.flink(2);
    ValidationTopology.build(
        env,
        ports,
        new TimeConfig(TimeMode.LOG, 0, FOR_EVER_MS, FOR_EVER_MS, 0),
        engine,
        SummaryConfig.NO_LIMIT);
    env.execute(ValidationTopology.JOB);
  }

  /** Runs of two agents that overlap; most calls take one to three seconds, a few far longer. */
  private static List<Event> log(Random random) {
    List<Event> events = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      long time = run * 4_000L + random.nextInt(2_000);
      for (int call = 0; call < CALLS_A_RUN; call++) {
        String agent = random.nextInt(3) == 0 ? "clerk" : "desk";
        long took = 1_000 + random.nextInt(2_000) + (random.nextInt(25) == 0 ? 6_000 : 0);
        Events asked = Events.request("look_up").seq(2L * call + 1).at(time);
        Events answered = Events.response("success").seq(2L * call + 2).at(time + took);
        for (Events event : List.of(asked, answered)) {
          events.add(event.run("run-" + run).agent(agent).callId("c" + call).build());
        }
        time += took + random.nextInt(3_000);
      }
    }
    events.sort(Comparator.comparingLong(Event::timeMicros));
    return events;
  }

  private static long count(List<Verdict> verdicts, Rule rule, Outcome outcome) {
    return verdicts.stream()
        .filter(verdict -> verdict.ruleId().equals(rule.id()) && verdict.outcome() == outcome)
        .count();
  }

  private static String fact(Violation violation) {
    return fact(
        violation.ruleId(),
        violation.caseKey(),
        violation.timeMicros(),
        violation.evidence().stream().map(Evidence::seq).toList());
  }

  private static String fact(Finding finding) {
    return fact(
        finding.ruleId(),
        finding.caseKey(),
        finding.timeMicros(),
        finding.evidence().stream().map(Witness::seq).toList());
  }

  private static String fact(String rule, String key, long timeMicros, List<Long> evidence) {
    return rule + " " + key + " at " + timeMicros + " " + evidence;
  }
}
