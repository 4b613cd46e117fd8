package dev.waymark.schemas.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waymark.schemas.event.EventJson;
import dev.waymark.schemas.rule.Condition.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  private static final String EVENT =
      """
      {"seq":3,"payload":{"result":"yes","amount":1.0,"items":[{"id":1},{"id":2,"tag":"x"}],"none":null,"a b":7},
       "meta":{"run_id":"r"}}""";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "event.payload.result == 'yes' ; TRUE",
        "event.payload.amount == 1 ; TRUE",
        "event.seq == 3.0 ; TRUE",
        "event.seq in [1, 2, 3.0] ; TRUE",
        "event.payload.missing == 1 ; FALSE",
        "event.payload.missing != 1 ; FALSE",
        "event.payload.missing.deeper < 1 ; FALSE",
        "!(event.payload.missing == 1) ; TRUE",
        "event.payload.missing == 1 || event.seq > 2 ; TRUE",
        "event.payload.missing.startsWith('x') ; FALSE",
        "event.payload['a b'] == 7 ; TRUE",
        "event.payload.items[1].tag == 'x' ; TRUE",
        "event.payload.items[9].tag == 'x' ; FALSE",
        "event.payload.items.exists(i, i.tag == 'x') ; TRUE",
        "event.payload.items.all(i, i.tag == 'x') ; FALSE",
        "event.payload.nothing.exists(i, i == 1) ; FALSE",
        "has(event.payload.result) ; TRUE",
        "event.payload.none == null ; TRUE",
        "event.payload.missing == null ; FALSE",
        "event.payload.result.matches('^y.s$') ; TRUE",
        "event.payload.result < 1 ; ERROR",
        "1 / (event.seq - 3) > 0 ; ERROR",
        "event.payload.result ; ERROR",
        "size(event.payload.items) == 2 ; TRUE",
        "event.payload.items == [{'id': 1.0}, {'tag': 'x', 'id': 2}] ; TRUE",
        "event.payload.items == [{'id': 1}, {'id': 2}] ; FALSE",
        "event.payload.items[0] in event.payload.items ; TRUE",
        "{'run_id': 'r'} == event.meta ; TRUE",
        "event.meta == event.payload ; FALSE",
        "'run_id' in event.meta && size(event.meta) == 1 ; TRUE",
        "event.meta.exists(name, name == 'run_id') ; TRUE",
        "event.meta.map(name, event.meta[name]) == ['r'] ; TRUE",
        "type(event.meta) == map ; TRUE",
        "has(event.payload.items[1].tag) && !has(event.payload.items[0].tag) ; TRUE",
      })
  void readsFieldsAndTreatsMissingOnesAsFalse(String expression, Outcome expected)
      throws Exception {
    Condition condition = Condition.compile(expression, false);

    assertThat(condition.test(EventJson.parse(EVENT.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(expected);
  }

  @Test
  void readsEarlierSteps() throws Exception {
    Condition condition = Condition.compile("event.payload.id == step.read[0].payload.id", true);
    Map<String, Object> read =
        EventJson.parse("{\"payload\":{\"id\":5}}".getBytes(StandardCharsets.UTF_8));

    assertThat(condition.test(read, Map.of("read", java.util.List.of(read))))
        .isEqualTo(Outcome.TRUE);
    assertThat(condition.test(read, Map.of())).isEqualTo(Outcome.FALSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.seq +",
        "1 + 1",
        "'text'",
        "nosuch == 1",
        "event.seq == 1 && nofunction(2)",
        "step.read[0].seq == 1"
      })
  void refusesWhatDoesNotCompileToABoolean(String expression) {
    assertThatThrownBy(() -> Condition.compile(expression, false))
        .isInstanceOf(InvalidConditionException.class);
  }

  @Test
  void refusesWhatAsksTooMuch() {
    String deep = "(".repeat(500) + "true" + ")".repeat(500);
    String longText = "event.seq == 1 || ".repeat(1_000) + "true";

    assertThatThrownBy(() -> Condition.compile(deep, false))
        .isInstanceOf(InvalidConditionException.class);
    assertThatThrownBy(() -> Condition.compile(longText, false))
        .isInstanceOf(InvalidConditionException.class);
  }

  /**
   * Over a list of 500 and a text of 100,001: whatever it costs is bounded, and what fails is
   * false.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "event.payload.items.all(a, event.payload.items.all(b, event.payload.items.all(c, true))) ; ERROR",
        "event.payload.items.all(a, event.payload.items.all(b, a == b || a != b)) ; ERROR",
        "size(event.payload.items.map(a, event.payload.items.map(b, event.payload.items))) > 0 ; ERROR",
        "event.payload.items.exists(a, a == 499) ; TRUE",
        "event.payload.items.filter(a, a > 250).size() == 249 ; ERROR",
        "event.payload.text.matches('(a+)+$') ; FALSE",
        "event.payload.text.matches('(a|a)*b') ; TRUE",
        "9223372036854775807 + event.seq > 0 ; ERROR",
        "event.seq % (event.seq - 3) == 0 ; ERROR",
        "int(event.payload.text) == 1 ; ERROR",
        "timestamp(event.payload.text) < timestamp('2026-01-01T00:00:00Z') ; ERROR",
        "event.payload.items[event.seq - 100] == 1 ; FALSE",
        "event.payload.text.size() == 100001 ; TRUE",
      })
  @Timeout(120)
  void costsNoMoreThanItIsAllowed(String expression, Outcome expected) throws Exception {
    Map<String, Object> event =
        Map.of(
            "seq",
            3L,
            "payload",
            Map.of(
                "items",
                LongStream.range(0, 500).boxed().toList(),
                "text",
                "a".repeat(100_000) + "b"));

    assertThat(Condition.compile(expression, false).test(event)).isEqualTo(expected);
  }

  @Test
  void buildsListsOverEventsThatAreNotTooLarge() throws Exception {
    Condition condition =
        Condition.compile("event.items.filter(a, a > 250).map(a, a + 1).size() == 249", false);
    Map<String, Object> small = Map.of("items", LongStream.range(0, 500).boxed().toList());
    Map<String, Object> large = Map.of("items", LongStream.range(0, 1_000).boxed().toList());

    assertThat(condition.test(small)).isEqualTo(Outcome.TRUE);
    assertThat(condition.test(large)).isEqualTo(Outcome.ERROR);
  }
}
