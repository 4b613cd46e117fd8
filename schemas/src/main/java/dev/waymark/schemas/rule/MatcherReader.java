package dev.waymark.schemas.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one matcher of a rule. */
final class MatcherReader {
  private static final int MAX_GLOBS = 1_000;
  private static final int MAX_NOT_DEPTH = 8;
  private static final Set<String> FIELDS =
      Set.of("type", "actor", "agent", "action", "status", "resource", "model", "not", "where");
  private static final Set<String> TYPES =
      Set.of(
          "reasoning", "action_request", "action_response", "final_output", "error", "environment");
  private static final Set<String> ACTORS =
      Set.of("agent", "tool", "user", "human", "system", "redteam");

  private final NodeReader node;
  private final boolean stepsReadable;
  private final int depth;

  MatcherReader(NodeReader node, boolean stepsReadable) {
    this(node, stepsReadable, 0);
  }

  private MatcherReader(NodeReader node, boolean stepsReadable, int depth) {
    this.node = node;
    this.stepsReadable = stepsReadable;
    this.depth = depth;
  }

  Matcher read() {
    if (!node.isObject()) {
      node.problem(
          "",
          "must be a matcher such as {type: action_request}, was " + NodeReader.show(node.node()));
      return Matcher.ANY;
    }
    node.allow(FIELDS);
    List<FieldTest> tests = new ArrayList<>();
    for (MatchField field : MatchField.values()) {
      if (node.has(field.code())) {
        tests.add(new FieldTest(field, globs(field)));
      }
    }
    return new Matcher(List.copyOf(tests), not(), where(node, "where", stepsReadable));
  }

  private @Nullable Matcher not() {
    NodeReader not = node.optionalObject("not");
    if (not == null) {
      return null;
    }
    if (depth == MAX_NOT_DEPTH) {
      node.problem("not", "nested more than " + MAX_NOT_DEPTH + " deep");
      return null;
    }
    return new MatcherReader(not, stepsReadable, depth + 1).read();
  }

  /** A CEL expression that compiles; null where absent or wrong. */
  static @Nullable String where(NodeReader node, String name, boolean stepsReadable) {
    String where = node.text(name);
    if (where == null) {
      return null;
    }
    try {
      Condition.compile(where, stepsReadable);
      return where;
    } catch (InvalidConditionException e) {
      node.problem(name, e.reason());
      return null;
    }
  }

  private List<String> globs(MatchField field) {
    JsonNode value = node.get(field.code());
    if (!value.isArray()) {
      return List.of(glob(field, field.code(), value));
    }
    if (value.isEmpty() || value.size() > MAX_GLOBS) {
      node.problem(field.code(), "must have 1 to " + MAX_GLOBS + " values, was " + value.size());
    }
    List<String> globs = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      globs.add(glob(field, field.code() + "[" + i + "]", value.get(i)));
    }
    return List.copyOf(globs);
  }

  private String glob(MatchField field, String name, JsonNode value) {
    if (!value.isTextual() && !value.isNumber()) {
      node.problem(name, "must be a value or a glob, was " + NodeReader.show(value));
      return "";
    }
    String glob = value.asText();
    if (glob.isEmpty()) {
      node.problem(name, "must not be empty");
    }
    checkKnown(field, name, glob);
    return glob;
  }

  private void checkKnown(MatchField field, String name, String glob) {
    Set<String> known =
        field == MatchField.TYPE ? TYPES : field == MatchField.ACTOR ? ACTORS : Set.of();
    if (!known.isEmpty() && known.stream().noneMatch(value -> Glob.matches(glob, value))) {
      node.problem(
          name,
          "must be one of "
              + String.join(", ", known.stream().sorted().toList())
              + ", was \""
              + glob
              + "\"");
    }
  }
}
