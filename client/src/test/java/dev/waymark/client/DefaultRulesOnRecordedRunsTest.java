package dev.waymark.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.testkit.reference.Finding;
import dev.waymark.testkit.reference.ReferenceEvaluator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the default rules say of 722 real runs: few things, and each of them worth a look. */
class DefaultRulesOnRecordedRunsTest {
  private static final EventCodec CODEC = new EventCodec(EventLimits.DEFAULT);

  @Test
  void theyFindWhatIsOddAndLetTheRestBe() throws Exception {
    // Given
    List<Rule> rules = RuleParser.parse(Files.readString(Repository.file("flink-conf/rules.yaml")));
    List<Path> files;
    try (var all = Files.list(Repository.sharedData("agent-runs"))) {
      files = all.filter(f -> f.toString().matches(".*(?<!runs|labels)\\.jsonl")).sorted().toList();
    }

    // When
    Map<String, Integer> found = new TreeMap<>();
    for (Path file : files) {
      for (Finding finding : findings(rules, file)) {
        found.merge(finding.ruleId() + " in " + nameOf(file), 1, Integer::sum);
      }
    }

    // Then
    assertThat(found)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                // Recorded without any final output.
                "ends-with-an-answer in langfuse-shared", 3,
                "look-up-before-booking in tau2-gpt41_airline", 1,
                "look-up-before-booking in tau2-whissle_airline", 1,
                "no-runaway-loop in sweagent-shared", 1,
                "no-runaway-loop in tau2-gpt41_airline", 1,
                // Four hand the customer over to a person, 90 times a minute and more.
                "no-runaway-loop in tau2-gptoss120b_langchain_airline", 5,
                "no-runaway-loop in tau2-sonnet45_airline", 2,
                "tool-call-answered in openhands-multiswe", 1));
  }

  private static List<Finding> findings(List<Rule> rules, Path file) throws Exception {
    List<Event> events = new ArrayList<>();
    Map<String, Event> last = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      Event event = (Event) CODEC.decode(line.getBytes(StandardCharsets.UTF_8));
      events.add(event);
      last.put(event.runId(), event);
    }
    List<Finalize> ends =
        last.values().stream()
            .map(e -> new Finalize(e.tenant(), e.runId(), e.timeMicros()))
            .toList();
    return ReferenceEvaluator.findings(rules, events, ends);
  }

  private static String nameOf(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.indexOf(".jsonl"));
  }
}
