package dev.waymark.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.schemas.event.Event;
import dev.waymark.testkit.Events;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where cases begin and end, who is in them, and what a rule says of them. */
class CasesTest {
  private static final String ANY = "kind: sequence, template: init, activation: {}";

  @ParameterizedTest
  @CsvSource({
    // The time-out is inclusive, and so is the grace; a later final output does not extend it.
    "a0 b5, r 0-5",
    "a0 b6, 'r 0-5, r 6-6'",
    "F0 b2 F2 b4, 'r 0-2, r 4-4'",
    "a0 F1 b3, r 0-3",
    "a0 F1 b3.000001 b4, 'r 0-3, r 3.000001-4'",
    // The input's end comes before grace and time-out.
    "a0 F1, r 0-1",
  })
  void endsByGraceTimeoutOrTheInputsEnd(String run, String cases) {
    Judged judged = Judged.of(ANY + ", case: {timeout: PT5S, grace: PT2S}", micros(run));

    assertThat(judged.cases()).isEqualTo(cases);
  }

  @Test
  void onlyTheFirstEventsAgentEndsTheCase() {
    List<Event> events =
        List.of(
            Events.request("a").seq(1).agent("x").build(),
            Events.finalOutput().seq(2).at(1_000).agent("y").build(),
            Events.request("a").seq(3).at(9_000).agent("x").build());

    assertThat(Judged.of(ANY + ", case: {timeout: none, grace: PT1S}", events).cases())
        .isEqualTo("r 0-9");
  }

  @Test
  void finalizeEndsTheCaseInclusivelyEvenBeyondTheLastEvent() {
    List<Event> events = Judged.run("a0 b2 c2 d3");

    assertThat(
            Judged.of(
                    ANY,
                    events,
                    Events.finalizeRun("default", "r", Judged.second(2)),
                    Events.finalizeRun("default", "r", Judged.second(7)))
                .cases())
        .isEqualTo("r 0-2, r 3-7");
  }

  @Test
  void finalizeOfAnotherRunOrTenantOrBeforeTheCaseEndsNothing() {
    List<Event> events = Judged.run("a1 b5");

    assertThat(
            Judged.of(
                    ANY,
                    events,
                    Events.finalizeRun("default", "other", Judged.second(2)),
                    Events.finalizeRun("other", "r", Judged.second(2)),
                    Events.finalizeRun("default", "r", Judged.second(0)))
                .cases())
        .isEqualTo("r 1-5");
  }

  @Test
  void casesOfOtherKeysEndBySilenceAlone() {
    List<Event> events =
        List.of(
            Events.finalOutput().seq(1).run("r1").agent("x").build(),
            Events.request("a").seq(1).run("r2").agent("x").at(4_000).build(),
            Events.request("a").seq(2).run("r2").agent("x").at(10_000).build());

    Judged judged =
        Judged.of(
            ANY + ", key: agent, case: {timeout: PT5S, grace: PT0S}",
            events,
            Events.finalizeRun("default", "r2", Judged.second(4)));

    assertThat(judged.cases()).isEqualTo("x 0-9, x 10-10");
  }

  @Test
  void keysCombineAndAnEventThatLacksAFieldIsInNoCase() {
    List<Event> events =
        List.of(
            Events.request("a").seq(1).meta("user_id", 7).payload("shop", 1.0).build(),
            Events.request("a").seq(2).meta("user_id", "7").payload("shop", 1).at(1_000).build(),
            Events.request("a").seq(3).meta("user_id", "7").payload("shop", null).build(),
            Events.request("a").seq(4).payload("shop", 1).build());

    assertThat(
            Judged.of(ANY + ", key: [user, payload.shop], case: {timeout: PT5S}", events).cases())
        .isEqualTo("[\"7\",\"1\"] 0-1");
  }

  @Test
  void tenantsNeverShareACase() {
    List<Event> events =
        List.of(Events.request("a").tenant("x").build(), Events.request("a").tenant("y").build());

    assertThat(Judged.of(ANY, events).cases()).isEqualTo("r 0-0, r 0-0");
    assertThat(Judged.of(ANY + ", scope: {tenant: \"x*\"}", events).cases()).isEqualTo("r 0-0");
  }

  @Test
  void orderIsTimeThenRunThenNumberThenKey() {
    String init = "kind: sequence, template: init, key: tenant, activation: {action: first}";
    Events first = Events.request("first").seq(2).run("a").idempotencyKey("k1");
    List<Event> others =
        List.of(
            Events.request("x").seq(1).run("b").build(),
            Events.request("x").seq(3).run("a").build(),
            Events.request("x").seq(2).run("a").idempotencyKey("k2").build(),
            Events.request("x").seq(1).run("a").at(1).build());

    assertThat(
            Judged.of(init, Stream.concat(others.stream(), Stream.of(first.build())).toList())
                .findings())
        .isEmpty();
  }

  @Test
  void ofOneIdentityWhatCameFirstCounts() {
    List<Event> events =
        List.of(
            Events.request("a").seq(1).at(1_000).build(),
            Events.request("b").seq(1).build(),
            Events.request("a").seq(2).at(2_000).idempotencyKey("k").build(),
            Events.request("b").seq(3).idempotencyKey("k").build());

    Judged judged =
        Judged.of("kind: missing_step, template: absence, activation: {action: b}", events);

    assertThat(judged.cases()).isEqualTo("r 1-2");
    assertThat(judged.outcomes()).isEqualTo("held 1");
  }

  @Test
  void aResponseHasTheActionOfTheLatestEarlierRequestOfItsCall() {
    List<Event> events =
        List.of(
            Events.request("a").seq(1).callId("c").build(),
            Events.request("b").seq(2).callId("c").at(1_000).build(),
            Events.request("a").seq(1).run("r2").callId("c").at(2_000).build(),
            Events.response("success").seq(3).callId("c").at(3_000).build(),
            Events.request("a").seq(4).callId("c").at(4_000).build(),
            Events.response("success").seq(5).callId("c").action("z").at(5_000).build(),
            Events.response("success").seq(6).callId("d").at(6_000).build());

    assertThat(answersOf("b", events)).isEqualTo("3[3]");
    assertThat(answersOf("z", events)).isEqualTo("5[5]");
    assertThat(answersOf("a", events)).isEmpty();
  }

  private static String answersOf(String action, List<Event> events) {
    return Judged.of(
            "kind: missing_step, template: absence, activation: {type: action_response, action: "
                + action
                + "}",
            events)
        .findings();
  }

  @Test
  void scopeRestrictsTheActivationButNotTheTarget() {
    List<Event> events =
        List.of(
            Events.request("a").seq(1).agent("mine").build(),
            Events.request("b").seq(2).agent("other").at(1_000).build(),
            Events.request("a").seq(3).agent("other").at(2_000).build());

    Judged judged =
        Judged.of(
            "kind: sequence, template: response, activation: A, target: B, scope: {agent: mine}",
            events);

    assertThat(judged.outcomes()).isEqualTo("held 1");
  }

  @Test
  void withoutAnEventOfAnAgentInScopeThereIsNoVerdict() {
    assertThat(
            Judged.of(
                    "kind: timelag, template: idle, within: {max: PT1S}, scope: {agent: other}",
                    Judged.run("a0 b5"))
                .verdicts())
        .isEmpty();
  }

  @Test
  void whatBrokeBeforeTheFirstEventInScopeIsCertainWithThatEvent() {
    List<Event> events =
        List.of(
            Events.request("a").seq(1).build(),
            Events.request("a").seq(2).at(3_000).build(),
            Events.request("a").seq(3).at(3_500).agent("mine").build());

    assertThat(
            Judged.of(
                    "kind: timelag, template: idle, within: {max: PT1S}, scope: {agent: mine}",
                    events)
                .findings())
        .isEqualTo("3.5[1]");
  }

  @ParameterizedTest
  @CsvSource({
    "response, 'b0', vacuous 0",
    "response, 'a0 a1 b2', held 2",
    "response, 'a0 b1 a2', broken 2",
    "succession, 'x0', vacuous 0",
    "succession, 'a0 b1', held 2",
    "co_existence, 'x0', vacuous 0",
    "choice, 'a0 b0 b1', held 1",
    "responded_existence, 'a0 b0', held 1",
  })
  void outcomesCountActivations(String template, String run, String outcome) {
    String kind =
        switch (template) {
          case "response", "succession" -> "sequence";
          default -> "missing_step";
        };

    assertThat(
            Judged.of(
                    "kind: %s, template: %s, activation: A, target: B".formatted(kind, template),
                    Judged.run(run))
                .outcomes())
        .isEqualTo(outcome);
  }

  @Test
  void disabledRulesAreNotJudgedAndShadowOnesAre() {
    List<Event> events = Judged.run("a0");

    assertThat(Judged.of(ANY + ", mode: disabled", events).verdicts()).isEmpty();
    assertThat(Judged.of(ANY + ", mode: shadow", events).outcomes()).isEqualTo("held 1");
    assertThat(ReferenceEvaluator.judge(List.of(Judged.rule(ANY)), List.of(), List.of())).isEmpty();
  }

  /** A script whose times may be finer than a ms. */
  private static List<Event> micros(String script) {
    return Stream.of(script.split(" "))
        .map(
            word ->
                (word.charAt(0) == 'F'
                        ? Events.finalOutput()
                        : Events.request(word.substring(0, 1)))
                    .atMicros(Judged.second(Double.parseDouble(word.substring(1))))
                    .idempotencyKey(word))
        .map(Events::build)
        .toList();
  }
}
