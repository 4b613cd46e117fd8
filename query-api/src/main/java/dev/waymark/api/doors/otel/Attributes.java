package dev.waymark.api.doors.otel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.api.doors.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A span's attributes, read name by name. Of several names for the same thing the first that is
 * there counts; all of them count as read. What nobody asked for is {@link #rest}.
 */
final class Attributes {
  /** No convention nests deeper; a name of dots alone is somebody's joke. */
  private static final int MAX_PATH = 20;

  private static final String[] NONE = {};

  private final ObjectNode rest;

  Attributes(ObjectNode attributes) {
    this.rest = attributes.deepCopy();
  }

  /** Looks without reading. */
  boolean has(String name) {
    return rest.hasNonNull(name);
  }

  /** Looks without reading; empty where absent. */
  String peek(String name) {
    return rest.path(name).asText();
  }

  /** Any value that is not empty; null where absent. JSON in a text is taken as JSON. */
  @Nullable JsonNode json(String... names) {
    JsonNode found = null;
    for (String name : names) {
      JsonNode value = rest.get(name);
      if (value != null && !value.isNull() && !(value.isTextual() && value.asText().isEmpty())) {
        if (found == null) {
          found = value.isTextual() ? Json.inText(value.asText()) : value;
          rest.remove(name);
        } else if (isSame(found, value)) {
          rest.remove(name);
        }
      }
    }
    return found;
  }

  /** Text; a list or an object as its JSON; null where absent. */
  @Nullable String text(String... names) {
    JsonNode value = json(names);
    if (value == null) {
      return null;
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }

  /** A whole number of at least 0, also as text; null where absent. */
  @Nullable Long count(String... names) {
    JsonNode value = json(names);
    if (value == null) {
      return null;
    }
    long number = value.isNumber() || value.isTextual() ? value.asLong(-1) : -1;
    return number < 0 ? null : number;
  }

  /** A number of at least 0, also as text; null where absent. */
  @Nullable Double amount(String... names) {
    JsonNode value = json(names);
    if (value == null) {
      return null;
    }
    double number = value.isNumber() || value.isTextual() ? value.asDouble(-1) : -1;
    return Double.isFinite(number) && number >= 0 ? number : null;
  }

  /**
   * All attributes whose names begin so, as one JSON value: {@code a.0.b} becomes a list of
   * objects. Null where there are none.
   */
  @Nullable JsonNode tree(String prefix) {
    List<String> names = new ArrayList<>();
    rest.fieldNames().forEachRemaining(names::add);
    ObjectNode root = Json.object();
    for (String name : names) {
      String[] path = name.startsWith(prefix) ? name.substring(prefix.length()).split("\\.") : NONE;
      if (path.length > 0 && path.length <= MAX_PATH) {
        put(root, path, rest.remove(name));
      }
    }
    return root.isEmpty() ? null : lists(root);
  }

  /** What was not read so far. */
  ObjectNode rest() {
    return rest;
  }

  private static boolean isSame(JsonNode found, JsonNode value) {
    return found.equals(value.isTextual() ? Json.inText(value.asText()) : value)
        || found.asText().equals(value.asText());
  }

  private static void put(ObjectNode root, String[] path, JsonNode value) {
    ObjectNode parent = root;
    for (int i = 0; i < path.length - 1; i++) {
      JsonNode child = parent.get(path[i]);
      if (!(child instanceof ObjectNode)) {
        child = parent.putObject(path[i]);
      }
      parent = (ObjectNode) child;
    }
    parent.set(path[path.length - 1], value);
  }

  /** An object whose names are all numbers is a list. */
  private static JsonNode lists(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    if (!names.isEmpty() && names.stream().allMatch(name -> name.matches("\\d{1,6}"))) {
      ArrayNode list = object.arrayNode();
      names.stream()
          .sorted((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)))
          .forEach(name -> list.add(lists(object.get(name))));
      return list;
    }
    names.forEach(name -> object.set(name, lists(object.get(name))));
    return object;
  }
}
