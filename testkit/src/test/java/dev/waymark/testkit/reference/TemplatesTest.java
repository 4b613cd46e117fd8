package dev.waymark.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each template on traces judged by hand. A finding reads {@code 4[1,3]}: certain at second 4, by
 * events 1 and 3.
 */
class TemplatesTest {

  @ParameterizedTest
  @CsvSource({
    // One is missing: known at the case's end, by those there are.
    "2, a0 x3, 3[1]",
    "2, x0 x3, 3[]",
    "2, a0 a3, ''",
    "1, x0 x3, 3[]",
  })
  void existence(int n, String run, String findings) {
    assertFindings(
        "kind: missing_step, template: existence, activation: A, n: " + n, run, findings);
  }

  @ParameterizedTest
  @CsvSource({
    "2, a0 a3 a4, '3[1,2]'",
    "2, a0 x3, ''",
    "1, x0 a3, 3[2]",
  })
  void absence(int n, String run, String findings) {
    assertFindings("kind: missing_step, template: absence, activation: A, n: " + n, run, findings);
  }

  @ParameterizedTest
  @CsvSource({
    "2, a0 a1, ''",
    "2, a0 a1 a2 a3, '2[1,2,3]'",
    "2, a0 x5, 5[1]",
  })
  void exactly(int n, String run, String findings) {
    assertFindings("kind: missing_step, template: exactly, activation: A, n: " + n, run, findings);
  }

  @ParameterizedTest
  @CsvSource({
    // The full windows are (0, 4] to (2, 6]; an a at 0 is in none of them.
    "a0 x6, 4[1]",
    "a0 a3 x6, ''",
    // The a of second 3 goes out at 7; with one at 7 coming in there is no gap.
    "a0 a3 x8, '7[2]'",
    "a0 a3 a7 x8, ''",
    // Two spells: none before 6, then from 10 on.
    "x0 a6 x11, '4[] 10[2]'",
    // No full window fits.
    "x0 x3, ''",
  })
  void existenceInWindowsFallsBySilenceToo(String run, String findings) {
    assertFindings(
        "kind: frequency, template: existence, activation: A, n: 1, window: PT4S", run, findings);
  }

  @Test
  void existenceInWindowsShowsTheLatestOccurrences() {
    assertFindings(
        "kind: frequency, template: existence, activation: A, n: 2, window: PT4S",
        "a0 a1 a2 a3 x9",
        "6[3,4]");
  }

  @ParameterizedTest
  @CsvSource({
    "a0 a1 a3, '1[1,2]'",
    // (0, 4] does not hold second 0.
    "a0 a4, ''",
    "a0 a3, '3[1,2]'",
    // An event at 5 sees but one, so the next time is a new one; without it nobody looked.
    "a0 a2 x6 a7 a8, '2[1,2] 8[4,5]'",
    "a0 a2 a5 a8, '2[1,2]'",
    "a0 a2 x6 a7, '2[1,2]'",
  })
  void absenceInWindowsIsArmedAgainByAnEventThatSeesFewer(String run, String findings) {
    assertFindings(
        "kind: frequency, template: absence, activation: A, n: 2, window: PT4S", run, findings);
  }

  @ParameterizedTest
  @CsvSource({"a0 x1, ''", "x0 a1, 0[1]"})
  void init(String run, String findings) {
    assertFindings("kind: sequence, template: init, activation: A", run, findings);
  }

  @ParameterizedTest
  @CsvSource({"x0 a1, ''", "a0 x1, 1[2]"})
  void end(String run, String findings) {
    assertFindings("kind: sequence, template: end, activation: A", run, findings);
  }

  @ParameterizedTest
  @CsvSource({"a0 x1, ''", "b0 x1, ''", "b0 a1, ''", "x0 x1, 1[]"})
  void choice(String run, String findings) {
    assertFindings("kind: missing_step, template: choice, activation: A, target: B", run, findings);
  }

  @ParameterizedTest
  @CsvSource({"a0 x1, ''", "x0 x1, 1[]", "b0 b1 a2 a3, '2[3,1]'"})
  void exclusiveChoice(String run, String findings) {
    assertFindings(
        "kind: missing_step, template: exclusive_choice, activation: A, target: B", run, findings);
  }

  @Test
  void oneEventThatIsBothBreaksAnExclusiveChoice() {
    assertFindings(
        "kind: missing_step, template: exclusive_choice, activation: A, target: {}",
        "a0 x1",
        "0[1]");
  }

  @ParameterizedTest
  @CsvSource({"a0 b1, ''", "b0 a1, ''", "a0 a1 x2, '2[1] 2[2]'", "x0, ''"})
  void respondedExistence(String run, String findings) {
    assertFindings(
        "kind: missing_step, template: responded_existence, activation: A, target: B",
        run,
        findings);
  }

  @ParameterizedTest
  @CsvSource({"a0 b1, ''", "x0, ''", "a0 a1 x2, 2[1]", "x0 b1 x2, 2[2]"})
  void coExistence(String run, String findings) {
    assertFindings(
        "kind: missing_step, template: co_existence, activation: A, target: B", run, findings);
  }

  @ParameterizedTest
  @CsvSource({"a0 a1, ''", "b0 x1, ''", "b0 b1 a2 a3, '2[3,1]'"})
  void notCoExistence(String run, String findings) {
    assertFindings(
        "kind: missing_step, template: not_co_existence, activation: A, target: B", run, findings);
  }

  @ParameterizedTest
  @CsvSource({
    "a0 x1 b2, ''",
    "a0 a1 b2, ''",
    "b0 a1 a2 x3, '3[2] 3[3]'",
    // Ties go by number.
    "a0 b0, ''",
    "b0 a0, 0[2]",
  })
  void response(String run, String findings) {
    assertFindings("kind: sequence, template: response, activation: A, target: B", run, findings);
  }

  @ParameterizedTest
  @CsvSource({
    // Both ends of the window count.
    "a0 b2 x9, ''",
    "a0 b5 x9, ''",
    "a0 b1 x9, 5[1]",
    "a0 b6 x9, 5[1]",
    // A deadline beyond the end is judged at the end.
    "a0 x3, 3[1]",
    // A b too early for one a is in time for none; one too late for the first serves the second.
    "a0 a3 b6 x9, 5[1]",
  })
  void responseWithin(String run, String findings) {
    assertFindings(
        "kind: timelag, template: response, activation: A, target: B,"
            + " within: {min: PT2S, max: PT5S}",
        run,
        findings);
  }

  @Test
  void noEventAnswersItself() {
    assertFindings(
        "kind: sequence, template: response, activation: A, target: A", "a0 a1 x2", "2[2]");
  }

  @ParameterizedTest
  @CsvSource({"b0 a1 a2, ''", "a0 b1 a2, 0[1]", "a0 a1, '0[1] 1[2]'"})
  void precedence(String run, String findings) {
    assertFindings("kind: sequence, template: precedence, activation: A, target: B", run, findings);
  }

  @ParameterizedTest
  @CsvSource({"b0 a2, ''", "b0 a5, ''", "b0 a1, 1[2]", "b0 a6, 6[2]"})
  void precedenceWithin(String run, String findings) {
    assertFindings(
        "kind: timelag, template: precedence, activation: A, target: B,"
            + " within: {min: PT2S, max: PT5S}",
        run,
        findings);
  }

  @ParameterizedTest
  @CsvSource({"a0 b1 b2, ''", "b0 a1 x2, '0[1] 2[2]'", "a0 b1 a2 x3, 3[3]"})
  void succession(String run, String findings) {
    assertFindings("kind: sequence, template: succession, activation: A, target: B", run, findings);
  }

  @ParameterizedTest
  @CsvSource({
    "a0 b1 a2 b3, ''",
    "a0 a1 b2, '1[1,2]'",
    "a0 b1 b2 x3, ''",
    "a0 a1 x2, '1[1,2] 2[2]'",
  })
  void alternateResponse(String run, String findings) {
    assertFindings(
        "kind: sequence, template: alternate_response, activation: A, target: B", run, findings);
  }

  @Test
  void aTargetThatIsAnActivationTooAnswersFirst() {
    assertFindings(
        "kind: sequence, template: alternate_response, activation: A, target: {}", "a0 a1 x2", "");
  }

  @ParameterizedTest
  @CsvSource({
    "b0 a1 b2 a3, ''",
    "b0 a1 a2 a3, '2[3,2] 3[4,3]'",
    "a0 b1 a2, 0[1]",
    "a0 a1, '0[1] 1[2]'",
  })
  void alternatePrecedence(String run, String findings) {
    assertFindings(
        "kind: sequence, template: alternate_precedence, activation: A, target: B", run, findings);
  }

  @ParameterizedTest
  @CsvSource({
    "a0 b1 a2 b3, ''",
    "a0 b1 b2, '2[3,2]'",
    "a0 a1 b2, '1[1,2]'",
    "b0 a1 b2, '0[1]'",
  })
  void alternateSuccession(String run, String findings) {
    assertFindings(
        "kind: sequence, template: alternate_succession, activation: A, target: B", run, findings);
  }

  @ParameterizedTest
  @CsvSource({"a0 b1 x2, ''", "a0 x1 b2, '1[1,2]'", "x0 a1, 1[2]", "a0 a1 b2, '1[1,2]'"})
  void chainResponse(String run, String findings) {
    assertFindings(
        "kind: sequence, template: chain_response, activation: A, target: B", run, findings);
  }

  @ParameterizedTest
  @CsvSource({
    "a0 b3, ''",
    "a0 x1 x9, '1[1,2]'",
    // By the deadline nothing came; what comes later is no evidence.
    "a0 b4 x9, 3[1]",
    "x0 a1 x9, 4[2]",
    "a0 x3 x9, '3[1,2]'",
  })
  void chainResponseWithin(String run, String findings) {
    assertFindings(
        "kind: timelag, template: chain_response, activation: A, target: B, within: {max: PT3S}",
        run,
        findings);
  }

  @ParameterizedTest
  @CsvSource({"b0 a1, ''", "b0 x1 a2, '2[3,2]'", "a0 b1, 0[1]"})
  void chainPrecedence(String run, String findings) {
    assertFindings(
        "kind: sequence, template: chain_precedence, activation: A, target: B", run, findings);
  }

  @ParameterizedTest
  @CsvSource({"a0 b1 x2, ''", "a0 x1 b2, '1[1,2] 2[3,2]'", "b0 x1, 0[1]"})
  void chainSuccession(String run, String findings) {
    assertFindings(
        "kind: sequence, template: chain_succession, activation: A, target: B", run, findings);
  }

  @ParameterizedTest
  @CsvSource({"b0 a1, ''", "a0 x1 b2 b3, '2[1,3]'", "a0 a1 b2, '2[1,3] 2[2,3]'"})
  void notSuccession(String run, String findings) {
    assertFindings(
        "kind: sequence, template: not_succession, activation: A, target: B", run, findings);
  }

  @ParameterizedTest
  @CsvSource({"a0 b1 b6, ''", "a0 b1 b2, '2[1,3]'", "a0 b5, '5[1,2]'"})
  void notSuccessionWithin(String run, String findings) {
    assertFindings(
        "kind: sequence, template: not_succession, activation: A, target: B,"
            + " within: {min: PT2S, max: PT5S}",
        run,
        findings);
  }

  @ParameterizedTest
  @CsvSource({"a0 x1 b2, ''", "a0 b1, '1[1,2]'"})
  void notChainSuccession(String run, String findings) {
    assertFindings(
        "kind: sequence, template: not_chain_succession, activation: A, target: B", run, findings);
  }

  @ParameterizedTest
  @CsvSource({
    "a0 b3, ''",
    "a0 b4, 3[1]",
    // Silence after a final output is none; an event after it shows a gap.
    "a0 F1 b9, 9[2]",
    "a0 F1, ''",
  })
  void idle(String run, String findings) {
    assertFindings("kind: timelag, template: idle, within: {max: PT3S}", run, findings);
  }

  @ParameterizedTest
  @CsvSource({
    "w0 a1 b2, ''",
    "w0 b1 a2, ''",
    "a0 b0 w1 a2, 2[3]",
    "w0 a1 w2 b3, 3[3]",
    "x0, ''",
  })
  void steps(String run, String findings) {
    assertFindings(
        "kind: missing_step, template: steps, when: {action: w},"
            + " steps: [{action: a}, {action: b}]",
        run,
        findings);
  }

  @ParameterizedTest
  @CsvSource({
    "a0 b3 x9, ''",
    "b0 a1 b2 x9, ''",
    "b0 a1 x9, 3[]",
    "a0 b4 x9, 3[]",
    "a0 x2, 2[]",
  })
  void stepsInOrderFromTheCasesStart(String run, String findings) {
    assertFindings(
        "kind: missing_step, template: steps, ordered: true, within: {max: PT3S},"
            + " steps: [{action: a}, {action: b}]",
        run,
        findings);
  }

  @Test
  void oneEventServesSeveralUnorderedStepsButNotSeveralOrderedOnes() {
    String steps = "kind: missing_step, template: steps, steps: [{action: a}, {}], ordered: ";

    assertFindings(steps + "false", "a0", "");
    assertFindings(steps + "true", "a0", "0[]");
  }

  private static void assertFindings(String rule, String run, String findings) {
    assertThat(Judged.of(rule, Judged.run(run)).findings()).as(run).isEqualTo(findings);
  }
}
