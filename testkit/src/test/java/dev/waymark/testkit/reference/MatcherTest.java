package dev.waymark.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.schemas.event.Event;
import dev.waymark.testkit.Events;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatcherTest {
  private static final List<Event> EVENTS =
      List.of(
          Events.request("book_flight").seq(1).payload("n", 3).build(),
          Events.response("success").seq(2).action("book_flight").build(),
          Events.reasoning("think").seq(3).agent("other").build());

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; 1,2,3",
        "{type: action_request}; 1",
        "{type: \"action_*\"}; 1,2",
        "{action: \"book_*\"}; 1,2",
        "{action: [nothing, \"*flight\"], type: action_response}; 2",
        "{agent: other}; 3",
        "{not: {status: success}}; 1,3",
        "{not: {not: {status: success}}}; 2",
        "{where: \"event.payload.n == 3.0\"}; 1",
        "{not: {where: \"event.payload.n == 3\"}}; 2,3",
        "{where: \"1 / event.payload.n > 100\"}; ''",
      })
  void matches(String matcher, String seqs) {
    assertThat(matching(matcher)).isEqualTo(seqs);
  }

  /** A rule that wants more than there are names every occurrence. */
  private static String matching(String matcher) {
    return Judged.of("kind: missing_step, template: exactly, n: 9, activation: " + matcher, EVENTS)
        .findings()
        .replaceAll(".*\\[(.*)]", "$1");
  }
}
