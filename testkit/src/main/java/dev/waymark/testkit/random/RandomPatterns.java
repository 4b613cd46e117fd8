package dev.waymark.testkit.random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random patterns of up to four steps, without the corners in which flink-cep departs from what its
 * words mean: an absent step follows a single required step and goes before a single required one
 * or ends the pattern, never matches what the next step matches, and a strict one never ends it.
 */
final class RandomPatterns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_STEPS = 4;

  private RandomPatterns() {}

  static Arbitrary<ArrayNode> steps() {
    return draft().list().ofMinSize(1).ofMaxSize(MAX_STEPS).map(RandomPatterns::valid);
  }

  /** A pattern that ends with an absent step needs a window. */
  static ObjectNode withNeededWithin(ObjectNode rule) {
    JsonNode steps = rule.path("steps");
    boolean endsAbsent = steps.size() > 1 && steps.get(steps.size() - 1).path("absent").asBoolean();
    if (endsAbsent && !rule.has("within")) {
      rule.putObject("within").put("max", "PT5S");
    }
    return rule;
  }

  private static Arbitrary<Draft> draft() {
    return Combinators.combine(
            Arbitraries.of(RandomTraces.ACTIONS),
            Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)),
            Arbitraries.of("strict", "relaxed", "any"),
            Arbitraries.frequency(Tuple.of(5, 1), Tuple.of(1, 2)),
            Arbitraries.frequency(Tuple.of(5, 0), Tuple.of(1, 1), Tuple.of(1, 2)),
            Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true)),
            Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true)))
        .as(Draft::new);
  }

  private static ArrayNode valid(List<Draft> drafts) {
    List<Draft> steps = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      boolean isLast = i == drafts.size() - 1;
      Draft before = steps.isEmpty() ? null : steps.get(i - 1);
      Draft step = drafts.get(i);
      if (before == null || before.absent || (step.absent && !before.isSingle())) {
        step = step.present();
      }
      if (before != null && before.absent) {
        step = step.single().unlike(before.action);
      }
      if (step.absent && isLast) {
        step = step.relaxed();
      }
      steps.add(step);
    }
    if (steps.stream().allMatch(step -> step.optional || step.absent)) {
      steps.set(0, steps.get(0).single());
    }
    ArrayNode array = JSON.createArrayNode();
    for (int i = 0; i < steps.size(); i++) {
      array.add(steps.get(i).json(i, i > 0 && steps.get(i - 1).isSingle()));
    }
    return array;
  }

  private record Draft(
      String action,
      boolean absent,
      String follows,
      int min,
      int more,
      boolean optional,
      boolean readsBefore) {

    boolean isSingle() {
      return !absent && !optional && min + more == 1;
    }

    Draft present() {
      return new Draft(action, false, follows, min, more, optional, readsBefore);
    }

    Draft single() {
      return new Draft(action, false, follows, 1, 0, false, readsBefore);
    }

    Draft relaxed() {
      return new Draft(action, absent, "relaxed", min, more, optional, readsBefore);
    }

    Draft unlike(String other) {
      if (!action.equals(other)) {
        return this;
      }
      int next = (RandomTraces.ACTIONS.indexOf(other) + 1) % RandomTraces.ACTIONS.size();
      return new Draft(
          RandomTraces.ACTIONS.get(next), absent, follows, min, more, optional, readsBefore);
    }

    ObjectNode json(int position, boolean canReadBefore) {
      ObjectNode step = JSON.createObjectNode().put("name", "s" + position);
      step.putObject("match").put("action", action);
      if (readsBefore && canReadBefore) {
        step.put("where", "event.payload.size >= step.s" + (position - 1) + "[0].payload.size");
      }
      if (absent) {
        return step.put("absent", true).put("follows", follows.equals("any") ? "relaxed" : follows);
      }
      step.putObject("times").put("min", min).put("max", min + more);
      return step.put("follows", follows).put("optional", optional);
    }
  }
}
