package dev.waymark.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.schemas.event.Event;
import dev.waymark.testkit.Events;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternTest {

  @ParameterizedTest
  @CsvSource({
    "strict, a0 b1, '1[1,2]'",
    "strict, a0 x1 b2, ''",
    "relaxed, a0 x1 b2 b3, '2[1,3]'",
    // One match for each first event.
    "relaxed, a0 a1 b2, '2[1,3] 2[2,3]'",
    "any, a0 b1 b2, '1[1,2]'",
  })
  void followsAsSaid(String follows, String run, String findings) {
    assertFindings(
        "{name: s, match: A}, {name: t, match: B, follows: " + follows + "}", run, findings);
  }

  @ParameterizedTest
  @CsvSource({
    // Relaxed takes the first b, after which no c comes directly; any may pass it by.
    "relaxed, ''",
    "any, '4[1,4,5]'",
  })
  void anyMayPassByWhatRelaxedHasToTake(String follows, String findings) {
    assertFindings(
        "{name: s, match: A}, {name: t, match: B, follows: "
            + follows
            + "}, {name: u, match: {action: c}, follows: strict}",
        "a0 b1 x2 b3 c4",
        findings);
  }

  @ParameterizedTest
  @CsvSource({
    "a0 x1 c2, '2[1,3]'",
    "a0 b1 c2, ''",
    // Each first event for itself.
    "a0 b1 a2 c3, '3[3,4]'",
  })
  void anAbsentStepMustNotLieBetween(String run, String findings) {
    assertFindings(
        "{name: s, match: A}, {name: t, match: B, absent: true}, {name: u, match: {action: c}}",
        run,
        findings);
  }

  @ParameterizedTest
  @CsvSource({"a0 b1 c2, ''", "a0 x1 b2 c3, '3[1,4]'"})
  void aStrictAbsentStepLooksAtTheNextEventAlone(String run, String findings) {
    assertFindings(
        "{name: s, match: A}, {name: t, match: B, absent: true, follows: strict},"
            + " {name: u, match: {action: c}}",
        run,
        findings);
  }

  @ParameterizedTest
  @CsvSource({
    "a0 b1 x9, ''",
    // The window's end counts; after it the b comes too late to be absent.
    "a0 b5 x9, ''",
    "a0 b6 x9, '5[1]'",
    // The case's end comes before the window's.
    "a0 x3, '3[1]'",
  })
  void aLastAbsentStepIsJudgedAtTheWindowsEnd(String run, String findings) {
    assertFindings(
        "{name: s, match: A}, {name: t, match: B, absent: true}], within: {max: PT5S}, tags: [x",
        run,
        findings);
  }

  @ParameterizedTest
  @CsvSource({
    "a0 x1, '1[1]'",
    "a0 b1, ''",
    "a0 x6, '5[1]'",
    "a0, '0[1]'",
  })
  void aLastStrictAbsentStepIsJudgedWithTheNextEvent(String run, String findings) {
    assertFindings(
        "{name: s, match: A}, {name: t, match: B, absent: true, follows: strict}],"
            + " within: {max: PT5S}, tags: [x",
        run,
        findings);
  }

  @ParameterizedTest
  @CsvSource({
    "a0 b1 x2 b3 c4, '4[1,2,4,5]'",
    "a0 b1 c2, ''",
    // Of the ways to take b two to three times, the one with the earlier events.
    "a0 b1 b2 b3 c4, '4[1,2,3,4,5]'",
  })
  void timesAreRelaxedInside(String run, String findings) {
    assertFindings(
        "{name: s, match: A}, {name: t, match: B, times: {min: 2, max: 3}},"
            + " {name: u, match: {action: c}}",
        run,
        findings);
  }

  @ParameterizedTest
  @CsvSource({"a0 b1 c2, '2[1,2,3]'", "a0 c1, '1[1,2]'", "a0 x1, ''"})
  void anOptionalStepMayBeLeftOut(String run, String findings) {
    assertFindings(
        "{name: s, match: A}, {name: t, match: B, optional: true}, {name: u, match: {action: c}}",
        run,
        findings);
  }

  @ParameterizedTest
  @CsvSource({"a0 b5, '5[1,2]'", "a0 b5.001, ''"})
  void withinIsInclusive(String run, String findings) {
    assertFindings(
        "{name: s, match: A}, {name: t, match: B}], within: {max: PT5S}, tags: [x", run, findings);
  }

  @Test
  void conditionsReadEarlierSteps() {
    List<Event> events =
        List.of(
            Events.request("a").seq(1).payload("n", 5).build(),
            Events.request("b").seq(2).at(1_000).payload("n", 4).build(),
            Events.request("b").seq(3).at(2_000).payload("n", 5).build());

    assertThat(
            Judged.of(
                    pattern(
                        "{name: s, match: A}, {name: t, match: B,"
                            + " where: \"event.payload.n == step.s[0].payload.n\"}"),
                    events)
                .findings())
        .isEqualTo("2[1,3]");
  }

  @Test
  void scopeRestrictsTheFirstStepAlone() {
    List<Event> events =
        List.of(
            Events.request("a").seq(1).build(),
            Events.request("a").seq(2).agent("mine").at(1_000).build(),
            Events.request("b").seq(3).at(2_000).build());

    Judged judged =
        Judged.of(
            pattern("{name: s, match: A}, {name: t, match: B}], scope: {agent: mine}, tags: [x"),
            events);

    assertThat(judged.findings()).isEqualTo("2[2,3]");
    assertThat(judged.outcomes()).isEqualTo("broken 1");
  }

  @ParameterizedTest
  @CsvSource({"a0 b1 x2, '', held 1", "b0 a1 x2, 2[], broken 1"})
  void anExpectedPatternHasToOccur(String run, String findings, String outcome) {
    Judged judged =
        Judged.of(
            pattern("{name: s, match: A}, {name: t, match: B}], expect: true, tags: [x"),
            Judged.run(run));

    assertThat(judged.findings()).isEqualTo(findings);
    assertThat(judged.outcomes()).isEqualTo(outcome);
  }

  private static void assertFindings(String steps, String run, String findings) {
    assertThat(Judged.of(pattern(steps), Judged.run(run)).findings()).as(run).isEqualTo(findings);
  }

  private static String pattern(String steps) {
    return "kind: sequence, template: pattern, steps: [" + steps + "]";
  }
}
