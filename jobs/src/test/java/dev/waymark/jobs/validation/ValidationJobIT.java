package dev.waymark.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.jobs.Await;
import dev.waymark.jobs.Pipeline;
import dev.waymark.jobs.TestEvents;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.testkit.reference.Finding;
import dev.waymark.testkit.reference.ReferenceEvaluator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The validation job from a real broker to a real database. */
class ValidationJobIT {
  private static final long SEED = 20_260_101;
  private static final int RUNS = 30;
  private static final int EVENTS_PER_RUN = 12;
  private static final double LONG_AFTER = 100_000;

  private static final String RULES =
      """
      version: 1
      case: { timeout: PT10M, grace: PT5S }
      rules:
        - { id: answered, kind: timelag, template: response, activation: {type: action_request},
            target: {type: action_response}, correlate: [meta.call_id], within: {max: PT3S} }
        - { id: looked-up, kind: sequence, template: precedence, activation: {type: action_request, action: book},
            target: {type: action_request, action: look_up} }
        - { id: not-too-often, kind: frequency, template: absence, activation: {type: action_request}, n: 4, window: PT6S }
        - { id: answers, kind: missing_step, template: existence, activation: {type: final_output} }
        - { id: ends-well, kind: sequence, template: end, activation: {type: final_output} }
        - { id: told, kind: missing_step, template: steps, when: {action: book, type: action_request},
            steps: [ {action: notify, type: action_request}, {type: final_output} ] }
        - { id: agent-not-too-often, kind: frequency, template: absence, activation: {action: notify}, n: 6,
            window: PT60S, key: agent }
      """;

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private final Pipeline pipeline = new Pipeline();
  private final EventCodec codec = new EventCodec(EventLimits.DEFAULT);
  private final List<Event> events = new ArrayList<>();
  private final List<Finalize> finalizes = new ArrayList<>();
  private final List<Rule> rules;

  ValidationJobIT() throws Exception {
    rules = RuleParser.parse(RULES);
    pipeline.kafka.createTopic(Topics.RULES, 1, Map.of("cleanup.policy", "compact"));
    pipeline.kafka.createTopic(Topics.VIOLATIONS, 2, Map.of());
  }

  @AfterEach
  void stopServers() {
    pipeline.close();
  }

  @Test
  void findsWhatTheDefinitionsSayOnceAndAgainAfterAReplay() throws Exception {
    // Given
    rules.forEach(rule -> publish(RuleChange.of(rule, 1, RuleChange.BEGINNING)));
    publishRuns(new Random(SEED));
    pipeline.publishToAll(TestEvents.heartbeatJson(LONG_AFTER));
    pipeline.flush();
    List<String> expected = expected();
    assertThat(expected).as("seed " + SEED).hasSizeGreaterThan(RUNS);

    // When
    JobClient job = start(2);
    awaitJudged(events.size());

    // Then
    assertThat(violations()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(pipeline.query("SELECT DISTINCT state FROM rules")).containsExactly("active");
    assertThat(
            pipeline.query(
                "SELECT rule_id FROM rule_outcomes WHERE cases <> held + vacuous + broken + open"))
        .isEmpty();
    List<String> ids = pipeline.query("SELECT violation_id FROM violations ORDER BY 1");
    List<String> outcomes = pipeline.query("SELECT * FROM rule_outcomes ORDER BY rule_id");

    // When everything comes again, and when all state is lost and the log is read anew with another
    // parallelism
    for (Event event : List.copyOf(events)) {
      pipeline.publish(event.tenant() + "/" + event.runId(), event.raw());
    }
    pipeline.flush();
    Await.until(
        "the repeats are counted",
        () -> pipeline.book(ValidationTopology.JOB, "duplicates") == events.size());
    job.cancel().get();
    pipeline.query("DELETE FROM job_books RETURNING 1");
    JobClient replay = start(1);
    awaitJudged(events.size());
    Await.until(
        "the repeats are counted",
        () -> pipeline.book(ValidationTopology.JOB, "duplicates") == events.size());

    // Then nothing has changed
    assertThat(pipeline.query("SELECT violation_id FROM violations ORDER BY 1")).isEqualTo(ids);
    assertThat(pipeline.query("SELECT * FROM rule_outcomes ORDER BY rule_id")).isEqualTo(outcomes);
    replay.cancel().get();
  }

  @Test
  void takesRulesOnTheWayAndRejectsBadOnes() throws Exception {
    // Given a job without rules
    JobClient job = start(1);
    publish(RuleChange.of(rules.get(3), 1, TestEvents.micros(50)));
    pipeline.publish(
        "default/before", TestEvents.json("before", 1, 10, "reasoning", "\"goal\":\"g\"", ""));
    pipeline.publish(
        "default/after", TestEvents.json("after", 1, 60, "reasoning", "\"goal\":\"g\"", ""));
    pipeline.flush();
    Await.until("the rule is in force", () -> pipeline.number("SELECT count(*) FROM rules") == 1);

    // When
    pipeline.publishToAll(TestEvents.heartbeatJson(LONG_AFTER));
    publishRaw(
        "answers/2",
        "{\"rule_id\":\"answers\",\"number\":2,\"version\":\"x\",\"effective_at\":"
            + "\"2026-01-01T00:00:00Z\",\"rule\":{\"id\":\"answers\",\"kind\":\"nonsense\"}}");
    pipeline.flush();
    awaitJudged(2);

    // Then only the run that began under the rule is judged, and the bad version is told
    assertThat(violations()).hasSize(1).allMatch(fact -> fact.contains("after"));
    Await.until(
        "the bad rule is rejected",
        () ->
            pipeline.number(
                    "SELECT count(*) FROM rules WHERE state = 'rejected' AND cardinality(problems) > 0")
                == 1);
    assertThat(pipeline.query("SELECT rule_id FROM rules WHERE state = 'active'"))
        .containsExactly("answers");
    job.cancel().get();
  }

  @Test
  void listsTheFirstViolationsOfARuleAndCountsTheRestWhateverTheParallelism() throws Exception {
    // Given a rule that every run breaks
    String[] limits = {"--violations.max-per-window", "3", "--violations.window-ms", "20000"};
    Rule flagsAll =
        RuleParser.parseRule(
            "{ \"id\": \"never\", \"kind\": \"missing_step\", \"template\": \"absence\","
                + " \"activation\": { \"type\": \"reasoning\" } }");
    publish(RuleChange.of(flagsAll, 1, RuleChange.BEGINNING));
    for (int run = 0; run < 40; run++) {
      String json = TestEvents.json("run-" + run, 1, run, "reasoning", "", "");
      publish(json.getBytes(StandardCharsets.UTF_8));
    }
    pipeline.publishToAll(TestEvents.heartbeatJson(LONG_AFTER));
    pipeline.flush();

    // When
    JobClient job = start(2, limits);
    awaitJudged(40);
    job.cancel().get();

    // Then
    String listing = "SELECT case_key, suppressed, violation_id FROM violations ORDER BY t";
    List<String> listed = pipeline.query(listing);
    assertThat(listed.stream().map(row -> row.substring(0, row.lastIndexOf('|'))))
        .containsExactly(
            "run-0|0", "run-1|0", "run-2|0", "|17", "run-20|0", "run-21|0", "run-22|0", "|17");
    assertThat(pipeline.number("SELECT sum(violations) FROM rule_outcomes")).isEqualTo(40);

    // When all is read anew
    pipeline.query("DELETE FROM violations RETURNING 1");
    pipeline.query("DELETE FROM job_books RETURNING 1");
    JobClient replay = start(1, limits);
    awaitJudged(40);
    replay.cancel().get();

    // Then
    assertThat(pipeline.query(listing)).isEqualTo(listed);
  }

  /**
   * The reference takes its input's end for the cases' end; an event long after lets silence end
   * them, as here.
   */
  private List<String> expected() throws Exception {
    List<Event> andClock = new ArrayList<>(events);
    String clock = TestEvents.json("clock", 1, LONG_AFTER, "reasoning", "", "");
    andClock.add((Event) codec.decode(clock.getBytes(StandardCharsets.UTF_8)));
    return facts(
        ReferenceEvaluator.findings(rules, andClock, finalizes).stream()
            .filter(finding -> !finding.caseKey().equals("clock"))
            .toList());
  }

  private JobClient start(int parallelism, String... flags) throws Exception {
    StreamExecutionEnvironment env = Pipeline.flink(parallelism);
    List<String> all = new ArrayList<>(List.of("--time", "log"));
    all.addAll(List.of(flags));
    ValidationConfig config = ValidationConfig.from(pipeline.settings(all.toArray(String[]::new)));
    ValidationPorts ports = ValidationPorts.of(config, RulesTopic.read(config.job().kafka()));
    ValidationTopology.build(env, ports, config.job().time(), config.engine(), config.summary());
    return env.executeAsync(ValidationTopology.JOB);
  }

  private void awaitJudged(long count) throws Exception {
    Await.until(
        count + " events judged",
        () ->
            pipeline.book(ValidationTopology.JOB, "judged") == count
                && pipeline.book(ValidationTopology.JOB, "waiting") == 0);
    // Cases that end by silence end when the heartbeat has been heard, after the last event was
    // judged.
    Await.until(
        "all cases decided",
        () ->
            pipeline.number(
                    "SELECT coalesce(sum(open), 0) + (count(*) = 0)::int FROM rule_outcomes")
                == 0);
    Await.until(
        "all violations written",
        () ->
            pipeline.number("SELECT coalesce(sum(violations), 0) FROM rule_outcomes")
                == pipeline.number(
                    "SELECT coalesce(sum(greatest(suppressed, 1)), 0) FROM violations"));
  }

  private void publish(RuleChange change) {
    publishRaw(change.topicKey(), change.encode());
  }

  private void publishRaw(String key, String value) {
    pipeline.publishTo(Topics.RULES, key, value.getBytes(StandardCharsets.UTF_8));
  }

  /** In order of time over all runs, as they would come. */
  private void publishRuns(Random random) throws Exception {
    List<byte[]> records = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      double time = run;
      for (int seq = 1; seq <= EVENTS_PER_RUN; seq++) {
        time += random.nextInt(5);
        String call = "\"call_id\":\"c" + random.nextInt(4) + "\"";
        records.add(random(random, "run-" + run, seq, time, call).getBytes(StandardCharsets.UTF_8));
      }
      if (run % 3 == 0) {
        records.add(TestEvents.finalizeJson("run-" + run, time).getBytes(StandardCharsets.UTF_8));
      }
    }
    Map<Long, List<byte[]>> byTime = new TreeMap<>();
    for (byte[] record : records) {
      byTime
          .computeIfAbsent(codec.decode(record).timeMicros(), time -> new ArrayList<>())
          .add(record);
    }
    for (List<byte[]> together : byTime.values()) {
      for (byte[] record : together) {
        publish(record);
      }
    }
  }

  private static String random(Random random, String run, int seq, double time, String call) {
    return switch (random.nextInt(6)) {
      case 0 -> TestEvents.json(run, seq, time, "action_request", "\"action\":\"look_up\"", call);
      case 1 -> TestEvents.json(run, seq, time, "action_request", "\"action\":\"book\"", call);
      case 2 -> TestEvents.json(run, seq, time, "action_request", "\"action\":\"notify\"", call);
      case 3 -> TestEvents.json(run, seq, time, "reasoning", "\"thought\":\"t\"", "");
      case 4 -> TestEvents.json(run, seq, time, seq > 9 ? "final_output" : "error", "", "");
      default -> TestEvents.json(run, seq, time, "action_response", "\"status\":\"success\"", call);
    };
  }

  private void publish(byte[] record) throws Exception {
    if (codec.decode(record) instanceof Event event) {
      events.add(event);
      pipeline.publish(event.tenant() + "/" + event.runId(), record);
    } else if (codec.decode(record) instanceof Finalize end) {
      finalizes.add(end);
      pipeline.publish(end.tenant() + "/" + end.runId(), record);
    }
  }

  private List<String> violations() throws Exception {
    return pipeline.query(
        "SELECT rule_id || ' ' || case_key || ' ' || (extract(epoch FROM t) * 1000000)::bigint || ' ' ||"
            + " (SELECT coalesce(string_agg((e->>'run_id') || '/' || (e->>'seq'), ',' ORDER BY (e->>'run_id'), (e->>'seq')::int), '')"
            + "  FROM jsonb_array_elements(evidence) e) FROM violations");
  }

  private static List<String> facts(List<Finding> findings) {
    return findings.stream()
        .map(
            finding ->
                finding.ruleId()
                    + " "
                    + finding.caseKey()
                    + " "
                    + finding.timeMicros()
                    + " "
                    + String.join(
                        ",",
                        finding.evidence().stream()
                            .sorted(
                                java.util.Comparator.comparing(
                                        dev.waymark.testkit.reference.Witness::runId)
                                    .thenComparing(dev.waymark.testkit.reference.Witness::seq))
                            .map(item -> item.runId() + "/" + item.seq())
                            .toList()))
        .toList();
  }
}
