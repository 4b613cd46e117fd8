package dev.waymark.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.schemas.event.EventJson;
import dev.waymark.schemas.rule.Condition;
import dev.waymark.schemas.rule.Kind;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.schemas.rule.Template;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultRulesTest {
  private static List<Rule> rules;

  @BeforeAll
  static void parse() throws Exception {
    rules = RuleParser.parse(Files.readString(Repository.file("flink-conf/rules.yaml")));
  }

  @Test
  void tenRulesUseTheFourKindsAndTheTemplatesOfTheFirstRelease() {
    assertThat(rules).hasSize(10);
    assertThat(rules).extracting(Rule::kind).contains(Kind.values());
    assertThat(rules.stream().map(Rule::template).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            Template.EXISTENCE,
            Template.ABSENCE,
            Template.RESPONSE,
            Template.PRECEDENCE,
            Template.STEPS,
            Template.END);
    assertThat(of(Template.ABSENCE))
        .extracting(r -> r.windowMicros() == null)
        .contains(true, false);
    assertThat(of(Template.PRECEDENCE)).extracting(r -> r.within() == null).contains(true, false);
    assertThat(of(Template.ABSENCE)).extracting(Rule::key).contains(List.of("agent"));
  }

  @Test
  void everyRuleSaysWhatItDemandsAndWhatToDo() {
    assertThat(rules)
        .allSatisfy(
            rule -> {
              assertThat(rule.description()).endsWith(".");
              assertThat(rule.remedy()).endsWith(".");
              assertThat(rule.tags()).isNotEmpty();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "command | rm -rf /            | TRUE",
        "command | sudo rm -r ~ && ls  | TRUE",
        "command | rm -rf /tmp/build   | FALSE",
        "command | git push -f origin  | TRUE",
        "command | git push origin     | FALSE",
        "sql     | DROP  TABLE orders  | TRUE",
        "sql     | select * from drops | FALSE",
        "path    | /                   | FALSE",
      })
  void destructiveCommandsAreToldFromHarmlessOnes(
      String param, String value, Condition.Outcome expected) throws Exception {
    String event = "{\"payload\":{\"params\":{\"" + param + "\":\"" + value + "\"}}}";

    assertThat(test("no-destructive-command", event)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"call_id\":\"c1\"} | TRUE",
        "{\"call_id\":7}      | TRUE",
        "{\"call_id\":\"\"}   | FALSE",
        "{\"call_id\":null} | FALSE",
        "{}                 | FALSE",
      })
  void onlyACallThatCanBeJoinedMustBeAnswered(String meta, Condition.Outcome expected)
      throws Exception {
    assertThat(test("tool-call-answered", "{\"meta\":" + meta + "}")).isEqualTo(expected);
  }

  private static Condition.Outcome test(String ruleId, String event) throws Exception {
    Rule rule = rules.stream().filter(r -> r.id().equals(ruleId)).findFirst().orElseThrow();
    String where = Objects.requireNonNull(Objects.requireNonNull(rule.activation()).where());
    return Condition.compile(where, false)
        .test(EventJson.parse(event.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Rule> of(Template template) {
    return rules.stream().filter(r -> r.template() == template).toList();
  }
}
