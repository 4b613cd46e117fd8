package dev.waymark.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.schemas.violation.Evidence;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.testkit.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** {@code profile} and {@code anomaly}: when enough is known, what is said, and what is kept. */
class LearntTest {
  private static final String PROFILE =
      """
      { id: pace, kind: timelag, template: profile, activation: {type: action_request, action: a},
        target: {type: action_request, action: b}, zeta: 2 }""";
  private static final String ANOMALY =
      """
      { id: load, kind: frequency, template: anomaly, activation: {type: action_request, action: a},
        window: PT10S, zeta: 2, case: {timeout: PT40S}, key: agent }""";
  private static final long HORIZON = Duration.ofHours(1).toMillis() * 1_000;

  private final List<Event> events = new ArrayList<>();

  @Test
  void judgesNoGapBeforeItHasLearntThirty() throws Exception {
    // Given 30 gaps of 1 s or 3 s: mean 2 s, deviation 1.017 s
    alternatingGaps(29);
    gap(290_000, 9_000);
    List<Event> thirtieth = List.copyOf(events);
    events.subList(events.size() - 2, events.size()).clear();
    gap(290_000, 3_000);
    gap(300_000, 4_040);

    // When / Then
    assertThat(judge(PROFILE, thirtieth).violations).isEmpty();
    assertThat(judge(PROFILE, events).violations)
        .extracting(LearntTest::seqs)
        .containsExactly(List.of(61L, 62L));
  }

  @Test
  void showsWhatItHasLearnt() throws Exception {
    // Given
    alternatingGaps(30);
    gap(300_000, 4_040);

    // When
    EngineRun run = judge(PROFILE, events);

    // Then
    Violation violation = run.violations.get(0);
    assertThat(violation.timeMicros()).isEqualTo(Events.START + 304_040_000);
    assertThat(violation.message())
        .isEqualTo(
            "action_request b came 4 s 40 ms after seq 61, learnt is 2 s ± 2 · 1 s 17 ms 95 µs from"
                + " 30 gaps of booking-1");
    assertThat(violation.facts())
        .containsOnly(
            entry("gap", "4 s 40 ms"),
            entry("mean", "2 s"),
            entry("sd", "1 s 17 ms 95 µs"),
            entry("n", "30"),
            entry("zeta", "2"));
  }

  @Test
  void zetaSaysHowFarIsTooFar() throws Exception {
    alternatingGaps(30);
    gap(300_000, 4_034);

    assertThat(judge(PROFILE, events).violations).isEmpty();
    assertThat(judge(PROFILE.replace("zeta: 2", "zeta: 1.99"), events).violations).hasSize(1);
    assertThat(judge(PROFILE.replace(", zeta: 2", ""), events).violations).isEmpty();
  }

  @Test
  void whereNothingVariedAnythingElseIsUnusual() throws Exception {
    for (int i = 0; i < 31; i++) {
      gap(i * 10_000L, 1_000);
    }
    gap(310_000, 1_001);
    gap(320_000, 1_001);

    assertThat(judge(PROFILE, events).violations)
        .extracting(LearntTest::seqs)
        .containsExactly(List.of(63L, 64L), List.of(65L, 66L));
  }

  @Test
  void aCaseThatSeveralAgentsBreakIsBrokenOnce() throws Exception {
    // Given two agents with their own habits in one run
    for (int i = 0; i < 31; i++) {
      long length = i < 30 ? 1_000 : 5_000;
      add("a", "desk", i * 20_000L);
      add("b", "desk", i * 20_000L + length);
      add("a", "clerk", i * 20_000L + 10_000);
      add("b", "clerk", i * 20_000L + 10_000 + length);
    }

    // When
    EngineRun run = judge(PROFILE.replace("zeta: 2", "zeta: 2, case: {timeout: none}"), events);

    // Then
    assertThat(run.violations).extracting(Violation::agentId).containsExactly("desk", "clerk");
    OutcomeDelta outcome = run.outcomes.get("default/pace");
    assertThat(outcome.cases()).isEqualTo(1);
    assertThat(outcome.broken()).isEqualTo(1);
    assertThat(outcome.held()).isZero();
    assertThat(outcome.violations()).isEqualTo(2);
    assertThat(outcome.activations()).isEqualTo(62);
  }

  @Test
  void inShadowItLearnsAndCountsButSaysNothing() throws Exception {
    alternatingGaps(30);
    gap(300_000, 9_000);

    EngineRun run = judge(PROFILE.replace("zeta: 2", "zeta: 2, mode: shadow"), events);

    assertThat(run.violations).isEmpty();
    assertThat(run.outcomes.get("default/pace").broken()).isEqualTo(1);
  }

  @Test
  void aVersionThatLooksAtTheSameKeepsWhatWasLearnt() throws Exception {
    assertThat(measure(PROFILE.replace("zeta: 2", "zeta: 3, mode: shadow, severity: INFO")))
        .isEqualTo(measure(PROFILE));
    assertThat(measure(PROFILE.replace("action: b", "action: c"))).isNotEqualTo(measure(PROFILE));
    assertThat(measure(ANOMALY.replace("PT10S", "PT20S"))).isNotEqualTo(measure(ANOMALY));
  }

  @Test
  void showsWhatTheWindowsBeforeHad() throws Exception {
    // Given eight windows with one a each: mean 1, deviation taken for 1, so at most 3
    for (int i = 0; i < 8; i++) {
      add("a", "desk", i * 10_000L);
    }
    for (int i = 0; i < 5; i++) {
      add("a", "desk", 80_000 + i * 1_000L);
    }

    // When
    List<Violation> found = judge(ANOMALY, events).violations;

    // Then
    assertThat(found).extracting(LearntTest::seqs).containsExactly(List.of(12L));
    assertThat(found.get(0).message())
        .isEqualTo(
            "action_request a occurred 4 times in the 10 s from 2025-01-01T00:01:20Z, usual is 1 ±"
                + " 2 · 1 in the 8 windows before");
    assertThat(found.get(0).facts())
        .containsOnly(
            entry("count", "4"),
            entry("mean", "1"),
            entry("sd", "1"),
            entry("n", "8"),
            entry("zeta", "2"),
            entry("window", "10 s"),
            entry("from", "2025-01-01T00:01:20Z"));
  }

  @Test
  void forgetsTheWindowsOfAKeyAfterTheHorizon() throws Exception {
    // Given a case that ended at second 40
    CaseEngine engine = engine(ANOMALY);
    KeyCases cases = new KeyCases();
    add("a", "desk", 0);
    engine.onEvent(cases, "desk", events.get(0), false, 0);
    long ended = Events.START + 40_000_000;
    engine.advance(cases, ended);
    assertThat(cases.open).isEmpty();
    assertThat(cases.isEmpty()).isFalse();
    assertThat(engine.dueMicros(cases)).isEqualTo(ended + HORIZON);

    // When
    engine.advance(cases, ended + HORIZON);

    // Then
    assertThat(cases.isEmpty()).isTrue();
  }

  @Test
  void forgetsAnAgentsGapsAfterTheHorizon() throws Exception {
    alternatingGaps(30);
    List<Event> soon = new ArrayList<>(events);
    gap(Duration.ofDays(8).toMillis(), 9_000);
    List<Event> late = new ArrayList<>(events);
    events.subList(60, 62).clear();
    gap(Duration.ofDays(6).toMillis(), 9_000);
    soon.addAll(events.subList(60, 62));

    assertThat(violationsAndNoState(soon)).hasSize(1);
    assertThat(violationsAndNoState(late)).isEmpty();
  }

  /** As Flink runs it, with a horizon of seven days. */
  private static List<Violation> violationsAndNoState(List<Event> events) throws Exception {
    try (OperatorRun run = new OperatorRun(List.of(RuleParser.parseRule(PROFILE)), 0, 1, null)) {
      for (Event event : events) {
        run.arrive(event);
      }
      assertThat(run.stateEntries()).isPositive();
      run.time(Times.toMillis(Events.START) + Duration.ofDays(30).toMillis());
      assertThat(run.stateEntries()).isZero();
      return run.violations;
    }
  }

  @Test
  void readsTheStateOfTheVersionBefore() throws Exception {
    // Given an open case in the form that knew no windows: the same but for its number and end
    CaseEngine engine = engine(PROFILE);
    KeyCases cases = new KeyCases();
    add("a", "desk", 0);
    engine.onEvent(cases, "r", events.get(0), false, 0);
    engine.dueMicros(cases);
    byte[] now = written(cases);
    byte[] before = Arrays.copyOf(now, now.length - 1);
    before[0] = 2;

    // When
    KeyCases read = StateCodec.read(new DataInputDeserializer(before), engine::rulesOf);

    // Then
    assertThat(written(read)).isEqualTo(now);
  }

  private static byte[] written(KeyCases cases) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(256);
    StateCodec.write(cases, out);
    return out.getCopyOfBuffer();
  }

  private void alternatingGaps(int count) {
    for (int i = 0; i < count; i++) {
      gap(i * 10_000L, i % 2 == 0 ? 1_000 : 3_000);
    }
  }

  private void gap(long atMillis, long lengthMillis) {
    add("a", "booking-1", atMillis);
    add("b", "booking-1", atMillis + lengthMillis);
  }

  private void add(String action, String agent, long atMillis) {
    events.add(
        Events.request(action).run("r").agent(agent).seq(events.size() + 1L).at(atMillis).build());
  }

  private static EngineRun judge(String rule, List<Event> events) throws Exception {
    return EngineRun.of(List.of(RuleParser.parseRule(rule)), events);
  }

  private static CaseEngine engine(String rule) throws Exception {
    RuleBook book = new RuleBook(failed -> {});
    Rule parsed = RuleParser.parseRule(rule);
    book.add(RuleChange.of(parsed, 1, RuleChange.BEGINNING), 0);
    return new CaseEngine(
        parsed.key(),
        book,
        EngineLimits.DEFAULT,
        new OpenCases(EngineLimits.DEFAULT.maxOpenCases(), 1),
        HORIZON,
        (violation, at) -> {});
  }

  private static long measure(String rule) throws Exception {
    return CompiledRule.of(RuleParser.parseRule(rule), Matching.AUTO, failed -> {}).measure;
  }

  private static List<Long> seqs(Violation violation) {
    return violation.evidence().stream().map(Evidence::seq).toList();
  }
}
