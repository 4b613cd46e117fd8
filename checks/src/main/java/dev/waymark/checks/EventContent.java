package dev.waymark.checks;

import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Passages;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event with what the checks read of it, each part made when first asked for. One thread. */
final class EventContent {
  /**
   * Values the contract computes with: joins, keys and times would break if they were changed, and
   * none of them is prose.
   */
  private static final Map<String, Set<String>> CONTRACT =
      Map.of(
          "",
          Set.of("seq", "t", "actor", "type"),
          "payload",
          Set.of("action", "status"),
          "meta",
          Set.of(
              "run_id",
              "agent_id",
              "tenant",
              "trace_id",
              "session_id",
              "user_id",
              "call_id",
              "idempotency_key",
              "action",
              "action_type",
              "model",
              "provider",
              "agent_version",
              "decision_type",
              "signature"));

  private final Event event;
  private @Nullable Map<String, Object> fields;
  private @Nullable List<Passage> passages;

  EventContent(Event event) {
    this.event = event;
  }

  Event event() {
    return event;
  }

  /** The event's JSON as CEL takes it. */
  Map<String, Object> fields() {
    if (fields == null) {
      fields = EventJson.parse(event.raw());
    }
    return fields;
  }

  /** Its texts, without those of the contract's own fields and their names. */
  List<Passage> passages() {
    if (passages == null) {
      passages = Passages.of(event.raw(), CONTRACT);
    }
    return passages;
  }
}
