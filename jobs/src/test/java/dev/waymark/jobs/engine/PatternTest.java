package dev.waymark.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.schemas.violation.Evidence;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.testkit.Events;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Free-form patterns by hand. */
class PatternTest {
  private static final String EXFILTRATION =
      """
      { "id": "exfiltration-after-untrusted-read", "kind": "sequence", "template": "pattern",
        "steps": [
          { "name": "read",  "match": { "type": "action_response", "action": "read_*" } },
          { "name": "quiet", "match": { "actor": "user" }, "absent": true },
          { "name": "send",  "match": { "type": "action_request", "action": "send_*" }, "follows": "relaxed" } ],
        "within": { "max": "PT10M" } }""";

  private static final String SILENCE =
      """
      { "id": "silence", "kind": "sequence", "template": "pattern",
        "steps": [
          { "name": "ask",  "match": { "action": "ask" } },
          { "name": "word", "match": { "actor": "user" }, "absent": true } ],
        "within": { "max": "PT5S" } }""";

  private static final String FOLLOWED =
      """
      { "id": "followed", "kind": "sequence", "template": "pattern",
        "steps": [
          { "name": "a", "match": { "action": "a" } },
          { "name": "b", "match": { "action": "b" }, "follows": "FOLLOWS" } ] }""";

  @Test
  void reportsASendAfterAnUntrustedRead() throws Exception {
    List<Violation> found =
        violations(
            EXFILTRATION,
            Events.response("success").action("read_page").seq(1).at(0),
            Events.request("think").seq(2).at(1_000),
            Events.request("send_mail").seq(3).at(2_000));

    assertThat(found).hasSize(1);
    assertThat(found.get(0).timeMicros()).isEqualTo(Events.START + 2_000_000);
    assertThat(found.get(0).evidence())
        .extracting(Evidence::seq, Evidence::role)
        .containsExactly(tuple(1L, "read"), tuple(3L, "send"));
    assertThat(found.get(0).message())
        .isEqualTo("the pattern occurred: read (seq 1), send (seq 3) within 10 min");
    assertThat(found.get(0).facts()).containsEntry("span", "2 s");
  }

  @Test
  void aWordOfTheUserBetweenMakesTheSendHarmless() throws Exception {
    assertThat(
            violations(
                EXFILTRATION,
                Events.response("success").action("read_page").seq(1).at(0),
                Events.of("reasoning", "user").seq(2).at(1_000),
                Events.request("send_mail").seq(3).at(2_000)))
        .isEmpty();
  }

  @Test
  void theSpanIncludesItsLastMicrosecond() throws Exception {
    long end = Events.START + 600_000_000;

    assertThat(violations(EXFILTRATION, read(), sendAt(end))).hasSize(1);
    assertThat(violations(EXFILTRATION, read(), sendAt(end + 1))).isEmpty();
  }

  @Test
  void aLastAbsentStepIsJudgedAtItsDeadline() throws Exception {
    List<Violation> found =
        violations(
            SILENCE,
            Events.request("ask").seq(1).at(0),
            Events.request("wait").seq(2).at(1_000),
            Events.request("other").run("later").seq(1).at(60_000));

    assertThat(found).extracting(Violation::timeMicros).containsExactly(Events.START + 5_000_000);
  }

  @Test
  void aLastAbsentStepIsBrokenByAnEventAtItsVeryDeadline() throws Exception {
    Events ask = Events.request("ask").seq(1).at(0);
    long deadline = Events.START + 5_000_000;

    assertThat(violations(SILENCE, ask, Events.of("reasoning", "user").seq(2).atMicros(deadline)))
        .isEmpty();
    assertThat(
            violations(SILENCE, ask, Events.of("reasoning", "user").seq(2).atMicros(deadline + 1)))
        .extracting(Violation::timeMicros)
        .containsExactly(deadline);
  }

  @Test
  void theCasesEndLetsALastAbsentStepStayAbsent() throws Exception {
    assertThat(
            violations(
                SILENCE,
                Events.request("ask").seq(1).at(0),
                Events.request("wait").seq(2).at(1_000)))
        .extracting(Violation::timeMicros)
        .containsExactly(Events.START + 1_000_000);
  }

  @Test
  void anEarlierPartialMatchHoldsNoMatchBack() throws Exception {
    List<Violation> found =
        violations(
            """
            { "id": "p", "kind": "sequence", "template": "pattern",
              "steps": [
                { "name": "a", "match": { "action": ["a", "c"] } },
                { "name": "b", "match": { "action": "b" },
                  "where": "event.payload.n == step.a[0].payload.n" } ] }""",
            Events.request("a").payload("n", 1).seq(1).at(0),
            Events.request("c").payload("n", 2).seq(2).at(1_000),
            Events.request("b").payload("n", 2).seq(3).at(2_000),
            Events.request("b").payload("n", 1.0).seq(4).at(3_000));

    assertThat(found)
        .extracting(Violation::timeMicros)
        .containsExactly(Events.START + 2_000_000, Events.START + 3_000_000);
  }

  @Test
  void oneMatchForEachFirstEvent() throws Exception {
    Events[] events = {
      Events.request("a").seq(1).at(0),
      Events.request("a").seq(2).at(1_000),
      Events.request("b").seq(3).at(2_000),
      Events.request("b").seq(4).at(3_000)
    };

    assertThat(violations(FOLLOWED.replace("FOLLOWS", "any"), events))
        .extracting(PatternTest::seqs)
        .containsExactlyInAnyOrder(List.of(1L, 3L), List.of(2L, 3L));
    assertThat(violations(FOLLOWED.replace("FOLLOWS", "strict"), events))
        .extracting(PatternTest::seqs)
        .containsExactly(List.of(2L, 3L));
  }

  @Test
  void anExpectedPatternIsMissedAtTheCasesEnd() throws Exception {
    String expected =
        FOLLOWED.replace("FOLLOWS", "relaxed").replace("\"steps\"", "\"expect\": true, \"steps\"");

    List<Violation> missed =
        violations(
            expected, Events.request("b").seq(1).at(0), Events.request("a").seq(2).at(1_000));

    assertThat(missed).extracting(Violation::timeMicros).containsExactly(Events.START + 1_000_000);
    assertThat(missed.get(0).evidence()).isEmpty();
    assertThat(
            violations(
                expected, Events.request("a").seq(1).at(0), Events.request("b").seq(2).at(1_000)))
        .isEmpty();
  }

  @Test
  void keepsNothingWhereNothingIsUnderWay() throws Exception {
    KeyCases cases = new KeyCases();
    CaseEngine engine =
        engine(FOLLOWED.replace("FOLLOWS", "strict"), EngineLimits.DEFAULT, new ArrayList<>());

    engine.onEvent(cases, "r", Events.request("b").seq(1).at(0).build(), false, 0);
    assertThat(stateOf(cases)).as("a later step opens nothing").isNull();
    engine.onEvent(cases, "r", Events.request("a").seq(2).at(1).build(), false, 0);
    assertThat(stateOf(cases)).extracting(state -> state.matcher).isNotNull();
    engine.onEvent(cases, "r", Events.request("c").seq(3).at(2).build(), false, 0);
    assertThat(stateOf(cases)).extracting(state -> state.matcher).isNull();
  }

  @Test
  void reportsThatAPartialMatchTooManyIsNotJudged() throws Exception {
    List<Violation> found = new ArrayList<>();
    KeyCases cases = new KeyCases();
    CaseEngine engine =
        engine(
            FOLLOWED.replace("FOLLOWS", "relaxed"),
            new EngineLimits(2, 1_000, 1_000, 1_000),
            found);

    for (int i = 1; i <= 4; i++) {
      engine.onEvent(cases, "r", Events.request("a").seq(i).at(i).build(), false, 0);
    }
    engine.onEvent(cases, "r", Events.request("b").seq(5).at(5).build(), false, 0);

    assertThat(found)
        .extracting(Violation::kind, PatternTest::seqs)
        .containsExactlyInAnyOrder(
            tuple("engine_limit", List.of(3L)),
            tuple("sequence", List.of(1L, 5L)),
            tuple("sequence", List.of(2L, 5L)));
  }

  private static Events read() {
    return Events.response("success").action("read_page").seq(1).at(0);
  }

  private static Events sendAt(long timeMicros) {
    return Events.request("send_mail").seq(2).atMicros(timeMicros);
  }

  private static List<Long> seqs(Violation violation) {
    return violation.evidence().stream().map(Evidence::seq).toList();
  }

  private static List<Violation> violations(String rule, Events... events) throws Exception {
    List<Event> built = new ArrayList<>();
    for (Events event : events) {
      built.add(event.build());
    }
    return EngineRun.of(List.of(RuleParser.parseRule(rule)), built).violations;
  }

  private static CaseEngine engine(String definition, EngineLimits limits, List<Violation> found)
      throws Exception {
    Rule rule = RuleParser.parseRule(definition);
    RuleBook book = new RuleBook(failed -> {});
    book.add(RuleChange.of(rule, 1, Long.MIN_VALUE + 1), 0);
    return new CaseEngine(Rule.RUN_KEY, book, limits, (violation, at) -> found.add(violation));
  }

  private static @Nullable RuleState stateOf(KeyCases cases) {
    return cases.open.get(0).find(0);
  }
}
