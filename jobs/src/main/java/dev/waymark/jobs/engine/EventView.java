package dev.waymark.jobs.engine;

import dev.cel.common.values.NullValue;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event while it is judged; parses its whole JSON once, and only when a condition or a path asks
 * for it.
 */
public final class EventView {
  private static final Set<String> ID_PATHS =
      Set.of(
          "meta.run_id",
          "meta.agent_id",
          "meta.tenant",
          "meta.call_id",
          "meta.user_id",
          "meta.session_id",
          "meta.trace_id",
          "meta.idempotency_key");

  private final Event event;
  private @Nullable Map<String, Object> json;

  public EventView(Event event) {
    this.event = event;
  }

  public Event event() {
    return event;
  }

  public Map<String, Object> json() {
    Map<String, Object> parsed = json;
    if (parsed == null) {
      parsed = EventJson.parse(event.raw());
      json = parsed;
    }
    return parsed;
  }

  /**
   * The value at a path in a form that is equal exactly where the JSON values are equal (1 and 1.0
   * are). Null where the event lacks the field.
   */
  public @Nullable String comparable(String path) {
    Object value = EventJson.at(json(), path);
    if (value == null) {
      return null;
    }
    return comparableJson(value);
  }

  /** The value at a path as an id; null where the event lacks the field. */
  public @Nullable String idText(String path) {
    String known = knownField(path);
    if (known != null) {
      return known;
    }
    Object value = EventJson.at(json(), path);
    return value == null || value.equals("") ? null : idText(value);
  }

  /** Whether a path holds an id, which compares as text with anything. */
  public static boolean isIdPath(String path) {
    return ID_PATHS.contains(path);
  }

  /** The ids that were read when the event was decoded need no second parse. */
  private @Nullable String knownField(String path) {
    return switch (path) {
      case "meta.call_id" -> event.callId();
      case "meta.run_id" -> event.runId();
      case "meta.agent_id" -> event.agentId();
      case "meta.user_id" -> event.userId();
      case "meta.session_id" -> event.sessionId();
      case "meta.trace_id" -> event.traceId();
      default -> null;
    };
  }

  private static String idText(Object value) {
    return value instanceof String text ? text : comparableJson(value);
  }

  private static String comparableJson(Object value) {
    StringBuilder text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  private static void append(StringBuilder out, Object value) {
    if (value instanceof String text) {
      out.append('"').append(text.replace("\"", "\\\"")).append('"');
    } else if (value instanceof Long number) {
      out.append(number.longValue());
    } else if (value instanceof Double number) {
      out.append(new BigDecimal(number).stripTrailingZeros().toPlainString());
    } else if (value instanceof List<?> list) {
      out.append('[');
      list.forEach(
          item -> {
            append(out, item);
            out.append(',');
          });
      out.append(']');
    } else if (value instanceof Map<?, ?> map) {
      out.append('{');
      map.entrySet().stream()
          .sorted((a, b) -> String.valueOf(a.getKey()).compareTo(String.valueOf(b.getKey())))
          .forEach(
              entry -> {
                append(out, String.valueOf(entry.getKey()));
                out.append(':');
                append(out, entry.getValue());
                out.append(',');
              });
      out.append('}');
    } else {
      out.append(value instanceof NullValue ? "null" : String.valueOf(value));
    }
  }
}
