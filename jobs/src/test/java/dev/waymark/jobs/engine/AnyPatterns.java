package dev.waymark.jobs.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Random patterns of up to five steps over the events of {@code RandomTraces}, of every form the
 * rule language allows: absent steps next to optional, repeated and further absent ones, several at
 * the end, conditions that read any step.
 */
final class AnyPatterns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_STEPS = 5;

  private AnyPatterns() {}

  static Arbitrary<Rule> rules() {
    return Combinators.combine(
            steps().list().ofMinSize(1).ofMaxSize(MAX_STEPS),
            Arbitraries.integers().between(0, 8).injectNull(0.5),
            Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true)),
            Arbitraries.frequency(Tuple.of(4, "*"), Tuple.of(1, "booking-*")),
            Arbitraries.of("none", "PT4S", "PT9S"))
        .as(AnyPatterns::rule);
  }

  private static Arbitrary<Draft> steps() {
    return Combinators.combine(
            Arbitraries.of("book", "look_up", "pay").set().ofMinSize(1).ofMaxSize(2),
            Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)),
            Arbitraries.of("strict", "relaxed", "any"),
            Arbitraries.frequency(Tuple.of(3, 1), Tuple.of(1, 2)),
            Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 1), Tuple.of(1, 2)),
            Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)),
            Arbitraries.integers().between(0, MAX_STEPS - 1).injectNull(0.7),
            Arbitraries.of(Reading.values()))
        .as(Draft::new);
  }

  /** Where a step's condition on an earlier step stands. */
  private enum Reading {
    IN_STEP,
    IN_MATCH,
    NEGATED
  }

  private static Rule rule(
      List<Draft> drafts, @Nullable Integer within, boolean expect, String agent, String timeout) {
    List<Draft> steps = new ArrayList<>(drafts);
    steps.set(0, steps.get(0).present());
    if (steps.stream().allMatch(step -> step.optional || step.absent)) {
      steps.set(0, steps.get(0).required());
    }
    ObjectNode rule =
        JSON.createObjectNode()
            .put("id", "any-pattern")
            .put("kind", "sequence")
            .put("template", "pattern")
            .put("expect", expect);
    rule.putObject("scope").put("agent", agent);
    rule.putObject("case").put("timeout", timeout).put("grace", "PT1S");
    ArrayNode array = rule.putArray("steps");
    for (int i = 0; i < steps.size(); i++) {
      array.add(steps.get(i).json(i, steps.size()));
    }
    boolean needsWithin = steps.size() > 1 && steps.get(steps.size() - 1).absent;
    if (within != null || needsWithin) {
      int micros = within == null ? 3 : within;
      rule.putObject("within").put("max", "PT" + (micros == 0 ? "0.000001" : micros) + "S");
    }
    try {
      return RuleParser.parseRule(rule.toString());
    } catch (InvalidRulesException e) {
      throw new IllegalStateException("a random pattern is valid: " + rule, e);
    }
  }

  private record Draft(
      Set<String> actions,
      boolean absent,
      String follows,
      int min,
      int more,
      boolean optional,
      @Nullable Integer reads,
      Reading reading) {

    Draft present() {
      return new Draft(actions, false, follows, min, more, optional, reads, reading);
    }

    Draft required() {
      return new Draft(actions, false, follows, min, more, false, reads, reading);
    }

    ObjectNode json(int position, int steps) {
      ObjectNode step = JSON.createObjectNode().put("name", "s" + position);
      ObjectNode match = step.putObject("match");
      ArrayNode names = match.putArray("action");
      actions.forEach(names::add);
      if (reads != null) {
        String earlier = "step.s" + (reads % steps) + "[0].payload.size";
        switch (reading) {
          case IN_STEP -> step.put("where", "!(event.payload.size < " + earlier + ")");
          case IN_MATCH -> match.put("where", "event.payload.size >= " + earlier);
          case NEGATED -> match.putObject("not").put("where", "event.payload.size == " + earlier);
        }
      }
      if (absent) {
        return step.put("absent", true).put("follows", follows.equals("any") ? "relaxed" : follows);
      }
      step.putObject("times").put("min", min).put("max", min + more);
      return step.put("follows", follows).put("optional", optional);
    }
  }
}
