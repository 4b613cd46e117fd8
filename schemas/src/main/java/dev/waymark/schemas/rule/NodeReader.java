package dev.waymark.schemas.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Typed access to one object of a file that people write, such as a rule set; what is wrong becomes
 * a problem with its path, and null or a default.
 */
public final class NodeReader {
  private static final int MAX_SHOWN = 60;

  private final JsonNode node;
  private final String path;
  private final List<Problem> problems;

  /** Reads the node at a path, empty for the root; problems are added to the list. */
  public NodeReader(JsonNode node, String path, List<Problem> problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
  }

  public boolean isObject() {
    return node.isObject();
  }

  public int problemCount() {
    return problems.size();
  }

  public JsonNode node() {
    return node;
  }

  /** The field as it is; a missing node where there is none. */
  public JsonNode get(String name) {
    return node.isObject() ? node.path(name) : MissingNode.getInstance();
  }

  public boolean has(String name) {
    return !get(name).isMissingNode();
  }

  /** Notes what is wrong with a field; the empty name is the object itself. */
  public void problem(String name, String message) {
    problems.add(new Problem(pathOf(name), message));
  }

  public String pathOf(String name) {
    if (name.isEmpty()) {
      return path;
    }
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Reports every field that is not among the given. */
  public void allow(String... names) {
    allow(Set.of(names));
  }

  public void allow(Set<String> names) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                problem(
                    name, "unknown field; known here: " + String.join(", ", new TreeSet<>(names)));
              }
            });
  }

  /** Text; null where absent or no text. */
  public @Nullable String text(String name) {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isTextual()) {
      problem(name, "must be text, was " + show(value));
      return null;
    }
    return value.asText();
  }

  public String text(String name, String otherwise) {
    String text = text(name);
    return text == null ? otherwise : text;
  }

  public boolean bool(String name, boolean otherwise) {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      problem(name, "must be true or false, was " + show(value));
    }
    return value.asBoolean(otherwise);
  }

  /** A whole number between two bounds, both allowed. */
  public int wholeNumber(String name, int otherwise, int min, int max) {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isIntegralNumber()) {
      problem(name, "must be a whole number, was " + show(value));
      return otherwise;
    }
    BigDecimal number = value.decimalValue();
    if (number.compareTo(BigDecimal.valueOf(min)) < 0) {
      problem(name, "must be at least " + min + ", was " + show(value));
      return otherwise;
    }
    if (number.compareTo(BigDecimal.valueOf(max)) > 0) {
      problem(name, "must be at most " + max + ", was " + show(value));
      return otherwise;
    }
    return value.asInt();
  }

  public double positiveNumber(String name, double otherwise) {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isNumber() || !Double.isFinite(value.asDouble()) || value.asDouble() <= 0) {
      problem(name, "must be a positive number, was " + show(value));
      return otherwise;
    }
    return value.asDouble();
  }

  /** A value of an enum by its written name. */
  public <E extends Enum<E>> @Nullable E oneOf(String name, E[] values, Function<E, String> code) {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return null;
    }
    List<String> codes = new ArrayList<>();
    for (E candidate : values) {
      if (value.isTextual() && code.apply(candidate).equals(value.asText())) {
        return candidate;
      }
      codes.add(code.apply(candidate));
    }
    problem(name, "must be one of " + String.join(", ", codes) + ", was " + show(value));
    return null;
  }

  /** An ISO 8601 duration in µs. */
  public @Nullable Long duration(String name, boolean zeroAllowed) {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isTextual()) {
      problem(name, "must be a duration such as PT30S, was " + show(value));
      return null;
    }
    try {
      return micros(name, Duration.parse(value.asText()), value, zeroAllowed);
    } catch (DateTimeParseException | ArithmeticException e) {
      problem(name, "must be a duration such as PT30S, was " + show(value));
      return null;
    }
  }

  private @Nullable Long micros(
      String name, Duration duration, JsonNode value, boolean zeroAllowed) {
    if (duration.isNegative() || (!zeroAllowed && duration.isZero())) {
      problem(
          name,
          (zeroAllowed ? "must not be negative" : "must be positive") + ", was " + value.asText());
      return null;
    }
    if (duration.compareTo(RuleReader.MAX_DURATION) > 0) {
      problem(name, "must be at most " + RuleReader.MAX_DURATION + ", was " + value.asText());
      return null;
    }
    if (duration.toNanosPart() % 1_000 != 0) {
      problem(name, "must not be finer than a microsecond, was " + value.asText());
      return null;
    }
    return duration.toSeconds() * 1_000_000 + duration.toNanosPart() / 1_000;
  }

  /** The object under a name; null where absent or no object. */
  public @Nullable NodeReader optionalObject(String name) {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isObject()) {
      problem(name, "must be an object, was " + show(value));
      return null;
    }
    return new NodeReader(value, pathOf(name), problems);
  }

  public List<NodeReader> requiredList(String name, int max) {
    if (!has(name)) {
      problem(name, "required");
      return List.of();
    }
    return list(name, max);
  }

  /** The items of a list, each with its own path. */
  public List<NodeReader> list(String name, int max) {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return List.of();
    }
    if (!value.isArray()) {
      problem(name, "must be a list, was " + show(value));
      return List.of();
    }
    if (value.size() > max) {
      problem(name, "must have at most " + max + " items, was " + value.size());
      return List.of();
    }
    List<NodeReader> items = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      items.add(new NodeReader(value.get(i), pathOf(name) + "[" + i + "]", problems));
    }
    return items;
  }

  /** The texts of a list; empty ones are problems. */
  public List<String> texts(String name, int max) {
    List<String> texts = new ArrayList<>();
    for (NodeReader item : list(name, max)) {
      if (item.node.isTextual() && !item.node.asText().isEmpty()) {
        texts.add(item.node.asText());
      } else {
        item.problem("", "must be text, was " + show(item.node));
      }
    }
    return texts;
  }

  /** A value as it is shown in a problem, cut where it is long. */
  public static String show(JsonNode value) {
    String text = value.toString();
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
  }
}
