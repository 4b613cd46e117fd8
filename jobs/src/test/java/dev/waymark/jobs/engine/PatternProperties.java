package dev.waymark.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleJson;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.schemas.rule.Template;
import dev.waymark.schemas.violation.Evidence;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.testkit.Events;
import dev.waymark.testkit.random.RandomRules;
import dev.waymark.testkit.random.RandomTraces;
import dev.waymark.testkit.random.Trace;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Free-form patterns, those included that Flink's own compiler refuses or reads otherwise. */
class PatternProperties {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Property(tries = 500)
  void findsWhatTheDefinitionsSay(@ForAll("patterns") Rule rule, @ForAll("traces") Trace trace)
      throws Exception {
    EngineProperties.assertSaysWhatTheDefinitionsSay(rule, trace);
  }

  @Property(tries = 250)
  void rememberingInStateChangesNothing(
      @ForAll("patterns") Rule rule, @ForAll("traces") Trace trace) throws Exception {
    EngineProperties.assertStateChangesNothing(rule, trace);
  }

  @Property(tries = 500)
  void findsWhatFlinksOwnPatternsFind(
      @ForAll("plainPatterns") Rule rule, @ForAll("traces") Trace trace) throws Exception {
    // Given
    List<Event> run = oneRun(trace);
    List<EventView> views = run.stream().map(EventView::new).toList();

    // When
    EngineRun engine = EngineRun.of(List.of(rule), run);

    // Then
    assertThat(engine.violations.stream().map(PatternProperties::seqs))
        .containsExactlyInAnyOrderElementsOf(
            StockFlinkCep.matches(rule, views).stream()
                .map(positions -> positions.stream().map(i -> run.get(i).seq()).toList())
                .toList());
  }

  /** The requests of a trace as one run. */
  private static List<Event> oneRun(Trace trace) {
    List<Event> run = new ArrayList<>();
    for (Event event : trace.events()) {
      if (event.action() != null) {
        run.add(
            Events.request(event.action())
                .seq(run.size() + 1)
                .atMicros(event.timeMicros())
                .build());
      }
    }
    return run;
  }

  private static List<Long> seqs(Violation violation) {
    return violation.evidence().stream().map(Evidence::seq).toList();
  }

  /** Without the corners where Flink's compiler refuses or departs, and nothing but the pattern. */
  @Provide
  Arbitrary<Rule> plainPatterns() {
    return RandomRules.of(Template.PATTERN).map(PatternProperties::plain);
  }

  private static Rule plain(Rule rule) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(RuleJson.canonical(rule));
      json.retain("id", "kind", "template", "steps", "within");
      json.path("steps").forEach(step -> ((ObjectNode) step).remove("where"));
      json.putObject("case").put("timeout", "none");
      return RuleParser.parseRule(json.toString());
    } catch (JsonProcessingException | InvalidRulesException e) {
      throw new IllegalStateException("a part of a valid rule is valid: " + rule, e);
    }
  }

  @Provide
  Arbitrary<Rule> patterns() {
    return AnyPatterns.rules();
  }

  @Provide
  Arbitrary<Trace> traces() {
    return RandomTraces.small();
  }
}
