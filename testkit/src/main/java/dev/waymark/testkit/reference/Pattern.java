package dev.waymark.testkit.reference;

import dev.waymark.schemas.rule.Step;
import dev.waymark.schemas.rule.Within;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pattern's steps in the form the search wants them: those that take events, each with the absent
 * ones right before it.
 *
 * @param stays the absent steps at the very end
 */
record Pattern(Terms terms, List<Part> parts, List<Item> stays, @Nullable Within within) {

  static Pattern of(Terms terms) {
    List<Part> parts = new ArrayList<>();
    List<Item> absent = new ArrayList<>();
    for (Step step : terms.rule().steps()) {
      Item item = new Item(step, EventTest.ofStep(step.match()));
      if (step.absent()) {
        absent.add(item);
      } else {
        parts.add(new Part(item, List.copyOf(absent)));
        absent.clear();
      }
    }
    return new Pattern(terms, List.copyOf(parts), List.copyOf(absent), terms.rule().within());
  }

  /** Whether the event could be the first of a match by way of the first step. */
  boolean isFirstStep(Occurrence event) {
    return takes(0, event, Map.of());
  }

  /** Whether a part may take an event, given what the steps before took. */
  boolean takes(int part, Occurrence event, Map<String, List<Map<String, Object>>> taken) {
    return parts.get(part).item.matches(event, taken) && (part > 0 || terms.isInScope(event));
  }

  /** A step that takes events, and the steps before it that must stay absent until it does. */
  record Part(Item item, List<Item> absentBefore) {}

  /** A step and its test. */
  record Item(Step step, EventTest test) {
    boolean matches(Occurrence event, Map<String, List<Map<String, Object>>> taken) {
      return test.test(event, taken) && test.isTrue(step.where(), event, taken);
    }
  }
}
