package dev.waymark.schemas.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one step of a free-form pattern. */
final class PatternStepReader {
  private static final int MAX_TIMES = 1_000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

  private final NodeReader node;

  PatternStepReader(NodeReader node) {
    this.node = node;
  }

  Step read() {
    if (!node.isObject()) {
      node.problem(
          "",
          "must be a step such as {name: read, match: {…}}, was " + NodeReader.show(node.node()));
      return new Step("", Matcher.ANY, false, Step.Contiguity.RELAXED, 1, 1, false, null);
    }
    node.allow("name", "match", "absent", "follows", "times", "optional", "where");
    Matcher match = match();
    int[] times = times();
    return new Step(
        name(),
        match,
        node.bool("absent", false),
        Objects.requireNonNullElse(
            node.oneOf("follows", Step.Contiguity.values(), Step.Contiguity::code),
            Step.Contiguity.RELAXED),
        times[0],
        times[1],
        node.bool("optional", false),
        MatcherReader.where(node, "where", true));
  }

  private String name() {
    String name = node.text("name");
    if (!node.has("name")) {
      node.problem("name", "required");
    } else if (name != null && !NAME.matcher(name).matches()) {
      node.problem("name", "must match " + NAME.pattern() + ", was \"" + name + "\"");
    }
    return name == null ? "" : name;
  }

  private Matcher match() {
    if (!node.has("match")) {
      node.problem("match", "required");
    }
    @Nullable NodeReader match = node.optionalObject("match");
    return match == null ? Matcher.ANY : new MatcherReader(match, true).read();
  }

  private int[] times() {
    JsonNode times = node.get("times");
    if (!times.isObject()) {
      int exactly = node.wholeNumber("times", 1, 1, MAX_TIMES);
      return new int[] {exactly, exactly};
    }
    NodeReader range = Objects.requireNonNull(node.optionalObject("times"));
    range.allow("min", "max");
    if (!range.has("max")) {
      range.problem("max", "required");
    }
    int min = range.wholeNumber("min", 1, 1, MAX_TIMES);
    int max = range.wholeNumber("max", Math.max(min, 1), 1, MAX_TIMES);
    if (min > max) {
      range.problem("min", "must be at most max, was " + min);
    }
    return new int[] {min, max};
  }

  /** What only shows in the steps together. */
  static void checkTogether(NodeReader rule, List<NodeReader> items, List<Step> steps) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      NodeReader item = items.get(i);
      if (!step.name().isEmpty() && !names.add(step.name())) {
        item.problem("name", "must be unique among the steps, was \"" + step.name() + "\"");
      }
      if (step.absent() && (step.minTimes() != 1 || step.maxTimes() != 1)) {
        item.problem("times", "an absent step cannot be repeated");
      }
      if (step.absent() && step.optional()) {
        item.problem("optional", "an absent step cannot be optional");
      }
    }
    checkEnds(rule, items, steps);
  }

  private static void checkEnds(NodeReader rule, List<NodeReader> items, List<Step> steps) {
    if (steps.isEmpty()) {
      return;
    }
    if (steps.get(0).absent()) {
      items.get(0).problem("absent", "the first step cannot be absent");
    }
    int last = steps.size() - 1;
    if (last > 0 && steps.get(last).absent() && !rule.has("within")) {
      items.get(last).problem("absent", "a last absent step needs within");
    }
    if (steps.stream().allMatch(step -> step.optional() || step.absent())) {
      rule.problem("steps", "at least one step must not be optional");
    }
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i).absent() && steps.get(i).follows() == Step.Contiguity.ANY) {
        items.get(i).problem("follows", "an absent step is strict or relaxed");
      }
    }
  }
}
