package dev.waymark.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.jobs.config.Settings;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleJson;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.testkit.EmbeddedDatabase;
import dev.waymark.testkit.Events;
import dev.waymark.testkit.reference.Finding;
import dev.waymark.testkit.reference.ReferenceEvaluator;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The backtest job from a real trail to a real database, against the definitions. */
class BacktestIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = 20_261_121;
  private static final int RUNS = 40;
  private static final String ID = "b1";

  private static final String DRAFT =
      """
      version: 1
      case: { timeout: PT10M, grace: PT5S }
      rules:
        - { id: answered, kind: timelag, template: response, activation: {type: action_request},
            target: {type: action_response}, correlate: [meta.call_id], within: {max: PT2S} }
        - { id: ends, kind: missing_step, template: existence, activation: {type: final_output}, mode: shadow }
        - { id: not-too-often, kind: frequency, template: absence, activation: {type: action_request}, n: 9,
            window: PT60S, key: agent }
        - { id: looked-up, kind: sequence, template: precedence, activation: {type: action_request, action: book},
            target: {type: action_request, action: look_up} }
      """;

  private static final String LIVE =
      """
      version: 1
      case: { timeout: PT10M, grace: PT5S }
      rules:
        - { id: answered, kind: timelag, template: response, activation: {type: action_request},
            target: {type: action_response}, correlate: [meta.call_id], within: {max: PT5S} }
        - { id: ends, kind: missing_step, template: existence, activation: {type: [final_output, error]} }
        - { id: not-too-often, kind: frequency, template: absence, activation: {type: action_request}, n: 9,
            window: PT60S, key: agent }
        - { id: another, kind: sequence, template: init, activation: {type: reasoning} }
      """;

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .build());

  private final EmbeddedDatabase database = EmbeddedDatabase.migrated();
  private final List<Event> events = new ArrayList<>();
  private final List<Finalize> finalizes = new ArrayList<>();

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void findsWhatTheDefinitionsSayOfBothSidesAndTheirDifference() throws Exception {
    // Given
    storeRuns(new Random(SEED));
    List<Rule> live = RuleParser.parse(LIVE);
    for (Rule rule : live) {
      storeLive(rule);
    }
    request(DRAFT, null, null);

    // When
    run(1_000);

    // Then
    Set<String> byDraft = facts(RuleParser.parse(DRAFT));
    Set<String> byLive = facts(live.stream().filter(rule -> !rule.id().equals("another")).toList());
    assertThat(byDraft).as("seed " + SEED).hasSizeGreaterThan(RUNS);
    assertThat(found("draft", "both")).isEqualTo(byDraft);
    assertThat(found("live", "both").stream().map(BacktestIT::withoutTime))
        .containsExactlyInAnyOrderElementsOf(byLive.stream().map(BacktestIT::withoutTime).toList());
    for (String rule : List.of("answered", "ends", "not-too-often", "looked-up")) {
      assertThat(difference(rule)).as(rule).isEqualTo(expectedDifference(rule, byDraft, byLive));
    }
    assertThat(text("SELECT state FROM trail_jobs")).isEqualTo("finished");
    assertThat(text("SELECT events_read = events_total FROM trail_jobs")).isEqualTo("t");
    assertThat(text("SELECT events_total FROM trail_jobs"))
        .isEqualTo(String.valueOf(events.size()));
    for (JsonNode rule : result()) {
      JsonNode outcome = rule.path("draft");
      assertThat(outcome.path("cases").asLong())
          .isEqualTo(
              outcome.path("held").asLong()
                  + outcome.path("vacuous").asLong()
                  + outcome.path("broken").asLong());
      assertThat(outcome.path("open").asLong()).isZero();
    }
    List<Rule> draft = RuleParser.parse(DRAFT);
    assertThat(ofRule("answered").path("draft").path("cases").asLong())
        .isEqualTo(ReferenceEvaluator.judge(draft.subList(0, 1), events, finalizes).size());
    assertThat(ofRule("looked-up").path("live").isNull()).isTrue();
    assertThat(ofRule("ends").path("draft").path("version").asText())
        .isEqualTo(RuleParser.parse(DRAFT).get(1).version());
  }

  @Test
  void listsTheEarliestUpToTheLimitAndCountsTheRest() throws Exception {
    // Given
    storeRuns(new Random(SEED));
    request(DRAFT, null, null);

    // When
    run(3);

    // Then
    Set<String> expected = facts(RuleParser.parse(DRAFT));
    long answered = expected.stream().filter(fact -> fact.startsWith("answered ")).count();
    assertThat(ofRule("answered").path("difference").path("only_draft").asLong())
        .isEqualTo(answered);
    assertThat(ofRule("answered").path("listed").asLong()).isEqualTo(3);
    List<Long> times =
        expected.stream()
            .filter(fact -> fact.startsWith("answered "))
            .map(fact -> Long.parseLong(fact.substring(fact.lastIndexOf(' ') + 1)))
            .sorted()
            .toList();
    assertThat(
            text(
                "SELECT string_agg((extract(epoch FROM t) * 1000000)::bigint::text, ',' ORDER BY t)"
                    + " FROM backtest_violations WHERE rule_id = 'answered'"))
        .isEqualTo(times.stream().limit(3).map(String::valueOf).collect(Collectors.joining(",")));
  }

  @Test
  void judgesTheRunsThatBeganInTheRange() throws Exception {
    // Given two runs, of which the first began before the range
    store(Events.request("book").run("before").seq(1).at(0));
    store(Events.request("book").run("before").seq(2).at(20_000));
    store(Events.request("book").run("inside").seq(1).at(15_000));
    storeRun("before", Events.START, null);
    storeRun("inside", Events.START + 15_000_000, null);
    request(DRAFT, Events.START + 10_000_000, Events.START + 60_000_000);

    // When
    run(1_000);

    // Then
    assertThat(ofRule("looked-up").path("draft").path("cases").asLong()).isEqualTo(1);
    assertThat(found("draft")).allMatch(fact -> fact.contains(" inside "));
  }

  @Test
  void hasAResultWhereThereIsNothingToJudge() throws Exception {
    // Given
    request(DRAFT, null, null);

    // When
    run(1_000);

    // Then
    assertThat(text("SELECT state FROM trail_jobs")).isEqualTo("finished");
    assertThat(ofRule("answered").path("draft").path("cases").asLong()).isZero();
  }

  @Test
  void staysCancelledWhenItWasCancelledMeanwhile() throws Exception {
    // Given
    storeRuns(new Random(SEED));
    request(DRAFT, null, null);
    execute("UPDATE trail_jobs SET state = 'cancelled'");

    // When
    run(1_000);

    // Then
    assertThat(text("SELECT state FROM trail_jobs")).isEqualTo("cancelled");
  }

  @Test
  void refusesRulesThatTheEngineCannotRead() throws Exception {
    // Given
    execute(
        "INSERT INTO trail_jobs (job_id, kind, state, rules, created_at)"
            + " VALUES ('b1', 'backtest', 'queued', '[{\"id\": \"x\"}]', now())");

    // Then
    assertThatThrownBy(() -> run(10)).isInstanceOf(InvalidRulesException.class);
  }

  private void run(int maxViolations) throws Exception {
    BacktestRun.submit(
        new Settings(
            new String[] {
              "--db.url", database.url(),
              "--db.user", database.user(),
              "--trail-job.id", ID,
              "--backtest.max-violations", String.valueOf(maxViolations)
            },
            Map.of()));
  }

  private void storeRuns(Random random) throws Exception {
    for (int run = 0; run < RUNS; run++) {
      long ms = run * 700L;
      long begin = Events.START + ms * 1_000;
      String id = "run-" + run;
      for (int seq = 1; seq <= 10; seq++) {
        store(event(random).run(id).agent("a" + run % 3).seq(seq).at(ms));
        ms += random.nextInt(4) * 1_000L;
      }
      boolean finalized = run % 3 == 0;
      Long end = finalized ? (Long) (Events.START + ms * 1_000) : null;
      if (end != null) {
        finalizes.add(new Finalize("default", id, end));
      }
      storeRun(id, begin, end);
    }
  }

  private static Events event(Random random) {
    String call = "c" + random.nextInt(3);
    return switch (random.nextInt(6)) {
      case 0 -> Events.request("look_up").callId(call);
      case 1 -> Events.request("book").callId(call);
      case 2 -> Events.finalOutput();
      case 3 -> Events.error("Timeout");
      default -> Events.response("success").callId(call);
    };
  }

  private void store(Events built) throws Exception {
    Event event = built.build();
    events.add(event);
    execute(
        """
        INSERT INTO events (tenant, run_id, t, seq, identity, actor, type, agent_id, body, content_sha256,
          kafka_partition, kafka_offset)
        VALUES (?, ?, ?::timestamptz, ?::bigint, ?, ?, ?, ?, ?, '', 0, 0)""",
        event.tenant(),
        event.runId(),
        Times.format(event.timeMicros()),
        String.valueOf(event.seq()),
        event.identity(),
        event.actor(),
        event.type(),
        event.agentId(),
        new String(event.raw(), StandardCharsets.UTF_8));
  }

  private void storeRun(String runId, long startedMicros, @Nullable Long finalizedMicros)
      throws SQLException {
    execute(
        """
        INSERT INTO runs (tenant, run_id, agent_id, status, started_at, last_event_at, finalized_at, duration_ms,
          events, events_by_type, errors, model_calls, unpriced_calls, input_tokens, output_tokens,
          cached_input_tokens, cost_usd, models, late_events, duplicates, conflicts, revision)
        VALUES ('default', ?, 'a', 'running', ?::timestamptz, ?::timestamptz, ?::timestamptz, 0,
          1, '{}', 0, 0, 0, 0, 0, 0, 0, '{}', 0, 0, 0, 1)""",
        runId,
        Times.format(startedMicros),
        Times.format(startedMicros),
        finalizedMicros == null ? null : Times.format(finalizedMicros));
  }

  private void storeLive(Rule rule) throws SQLException {
    execute(
        """
        INSERT INTO rules (rule_id, rule_version, number, state, kind, template, severity, definition, effective_at,
          problems, revision)
        VALUES (?, ?, 1, 'active', '', '', '', ?::jsonb, now(), '{}', 0)""",
        rule.id(),
        rule.version(),
        RuleJson.canonical(rule));
  }

  private void request(String draft, @Nullable Long fromMicros, @Nullable Long toMicros)
      throws Exception {
    String rules =
        RuleParser.parse(draft).stream()
            .map(RuleJson::canonical)
            .collect(Collectors.joining(",", "[", "]"));
    execute(
        """
        INSERT INTO trail_jobs (job_id, kind, state, rules, from_t, to_t, created_at)
        VALUES (?, 'backtest', 'queued', ?::jsonb, ?::timestamptz, ?::timestamptz, now())""",
        ID,
        rules,
        fromMicros == null ? null : Times.format(fromMicros),
        toMicros == null ? null : Times.format(toMicros));
  }

  private Set<String> facts(List<Rule> rules) {
    return ReferenceEvaluator.findings(rules, events, finalizes).stream()
        .map(BacktestIT::fact)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Rule, case, evidence and, last, the time. */
  private static String fact(Finding finding) {
    return finding.ruleId()
        + " "
        + finding.caseKey()
        + " "
        + finding.evidence().stream()
            .map(event -> event.runId() + "/" + event.seq())
            .sorted()
            .collect(Collectors.joining(","))
        + " "
        + finding.timeMicros();
  }

  private static String withoutTime(String fact) {
    return fact.substring(0, fact.lastIndexOf(' '));
  }

  private Set<String> found(String... by) throws SQLException {
    Set<String> facts = new TreeSet<>();
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT rule_id || ' ' || (violation->>'case_key') || ' ' ||
                  (SELECT coalesce(string_agg((e->>'run_id') || '/' || (e->>'seq'), ','
                     ORDER BY (e->>'run_id') || '/' || (e->>'seq') COLLATE "C"), '')
                   FROM jsonb_array_elements(violation->'evidence') e) || ' ' ||
                  (extract(epoch FROM t) * 1000000)::bigint
                FROM backtest_violations WHERE found_by = ANY (?)""")) {
      select.setArray(1, connection.createArrayOf("text", by));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          facts.add(rows.getString(1));
        }
      }
    }
    return facts;
  }

  private List<Long> difference(String rule) throws Exception {
    JsonNode difference = ofRule(rule).path("difference");
    return List.of(
        difference.path("only_draft").asLong(),
        difference.path("only_live").asLong(),
        difference.path("both").asLong());
  }

  private static List<Long> expectedDifference(
      String rule, Set<String> byDraft, Set<String> byLive) {
    Set<String> draft = ofRule(rule, byDraft);
    Set<String> live = ofRule(rule, byLive);
    long both = draft.stream().filter(live::contains).count();
    return List.of(draft.size() - both, live.size() - both, both);
  }

  private static Set<String> ofRule(String rule, Set<String> facts) {
    return facts.stream()
        .filter(fact -> fact.startsWith(rule + " "))
        .map(BacktestIT::withoutTime)
        .collect(Collectors.toSet());
  }

  private JsonNode ofRule(String rule) throws Exception {
    for (JsonNode each : result()) {
      if (each.path("rule_id").asText().equals(rule)) {
        return each;
      }
    }
    throw new AssertionError("no result of " + rule);
  }

  private JsonNode result() throws Exception {
    return JSON.readTree(text("SELECT result FROM trail_jobs"));
  }

  private String text(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  private void execute(String sql, @Nullable String... values) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.execute();
    }
  }
}
