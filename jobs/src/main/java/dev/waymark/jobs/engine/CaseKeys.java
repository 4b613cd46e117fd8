package dev.waymark.jobs.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.waymark.schemas.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values by which events belong to the cases of a rule that is not keyed by run. */
public final class CaseKeys {
  private static final String FIELD_SEPARATOR = ",";
  private static final char PART_SEPARATOR = '\0';

  private CaseKeys() {}

  static String name(List<String> keyFields) {
    return String.join(FIELD_SEPARATOR, keyFields);
  }

  static List<String> fields(String name) {
    return List.of(name.split(FIELD_SEPARATOR));
  }

  /** The values as text, of several fields as a JSON array; null where the event lacks one. */
  public static @Nullable String of(List<String> keyFields, Event event) {
    EventView view = new EventView(event);
    if (keyFields.size() == 1) {
      return value(view, keyFields.get(0));
    }
    ArrayNode values = JsonNodeFactory.instance.arrayNode();
    for (String field : keyFields) {
      String value = value(view, field);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return values.toString();
  }

  static String partitionKey(String keyFields, String tenant, String key) {
    return tenant + PART_SEPARATOR + keyFields + PART_SEPARATOR + key;
  }

  static String fieldsOfPartitionKey(String partitionKey) {
    int from = partitionKey.indexOf(PART_SEPARATOR) + 1;
    return partitionKey.substring(from, partitionKey.indexOf(PART_SEPARATOR, from));
  }

  private static @Nullable String value(EventView view, String field) {
    Event event = view.event();
    return switch (field) {
      case "run" -> event.runId();
      case "agent" -> event.agentId();
      case "tenant" -> event.tenant();
      case "user" -> event.userId();
      case "session" -> event.sessionId();
      default -> view.idText(field);
    };
  }
}
