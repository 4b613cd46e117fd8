package dev.waymark.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.schemas.event.Event;
import dev.waymark.testkit.Events;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorrelationTest {
  private static final String BY_CALL =
      "kind: sequence, activation: A, target: B, correlate: [meta.call_id], template: ";

  @Test
  void onlyAnEqualValueAnswers() {
    List<Event> events = List.of(a(1, "c1"), a(2, "c2"), b(3, "c2"));

    assertThat(Judged.of(BY_CALL + "response", events).findings()).isEqualTo("3[1]");
    assertThat(Judged.of(BY_CALL + "not_succession", events).findings()).isEqualTo("3[2,3]");
  }

  @Test
  void idsCompareAsTextToo() {
    List<Event> events = List.of(a(1, 7), b(2, "7"));

    assertThat(Judged.of(BY_CALL + "response", events).findings()).isEmpty();
  }

  @Test
  void otherValuesCompareAsJson() {
    String rule =
        "kind: sequence, template: response, activation: A, target: B, correlate: [payload.x]";

    assertThat(Judged.of(rule, pair(1, 1.0)).findings()).isEmpty();
    assertThat(Judged.of(rule, pair(1, "1")).findings()).isEqualTo("2[1]");
    assertThat(Judged.of(rule, pair(List.of(1, 2), List.of(1.0, 2))).findings()).isEmpty();
    assertThat(Judged.of(rule, pair(List.of(1, 2), List.of(2, 1))).findings()).isEqualTo("2[1]");
  }

  @Test
  void pathsMayDiffer() {
    String rule =
        "kind: sequence, template: response, activation: A, target: B,"
            + " correlate: [{activation: payload.ref, target: meta.call_id}]";
    List<Event> events = List.of(Events.request("a").seq(1).payload("ref", 3).build(), b(2, "3"));

    assertThat(Judged.of(rule, events).findings()).isEmpty();
  }

  @Test
  void anEventWithoutTheFieldCorrelatesWithNothing() {
    List<Event> events =
        List.of(Events.request("b").seq(1).build(), Events.request("a").seq(2).at(1_000).build());

    assertThat(Judged.of(BY_CALL + "precedence", events).findings()).isEqualTo("1[2]");
    assertThat(Judged.of(BY_CALL + "response", events).findings()).isEqualTo("1[2]");
    assertThat(Judged.of(BY_CALL + "not_succession", events).findings()).isEmpty();
  }

  @Test
  void otherActivationsAndNeighboursLookAtAllEvents() {
    List<Event> events = List.of(a(1, "c1"), a(2, "c2"), b(3, "c1"), b(4, "c2"));

    assertThat(Judged.of(BY_CALL + "alternate_response", events).findings()).isEqualTo("2[1,2]");
    assertThat(Judged.of(BY_CALL + "chain_response", events).findings()).isEqualTo("2[1,2] 3[2,3]");
  }

  private static List<Event> pair(Object left, Object right) {
    return List.of(
        Events.request("a").seq(1).at(1_000).payload("x", left).build(),
        Events.request("b").seq(2).at(2_000).payload("x", right).build());
  }

  private static Event a(long second, Object call) {
    return Events.request("a").seq(second).at(second * 1_000).meta("call_id", call).build();
  }

  private static Event b(long second, Object call) {
    return Events.request("b").seq(second).at(second * 1_000).meta("call_id", call).build();
  }
}
