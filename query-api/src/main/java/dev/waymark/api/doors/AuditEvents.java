package dev.waymark.api.doors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waymark.schemas.event.Event;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The flat audit event: one thing that an agent, a human or a system did to a resource. */
public final class AuditEvents {
  /** Tells these events from others of their agent. */
  public static final String DOOR = "audit";

  private static final Set<String> ACTORS = Set.of("agent", "human", "system");
  private static final Set<String> STATUSES = Set.of("success", "error", "pending");
  private static final String TOOL_CALL = "tool_call";
  private static final Set<String> ACTION_TYPES =
      Set.of(TOOL_CALL, "http_request", "db_query", "file_read", "file_write", "api_call");

  private AuditEvents() {}

  /** Throws for what the shape demands and is not there. */
  public static Mapped map(JsonNode body, @Nullable String tenant) throws UnmappableException {
    SourceObject source = SourceObject.of(body);
    String id = source.requiredText("event_id");
    long micros = source.requiredTime("timestamp");
    String agent = source.requiredText("agent_instance_id");
    String trace = source.text("trace_id");
    String actor = source.oneOf("actor", ACTORS);
    String actionType = source.oneOf("action_type", ACTION_TYPES);
    String resource = source.requiredText("resource");
    String status = source.oneOf("status", STATUSES);
    boolean isPending = status.equals("pending");
    String action = actionType.equals(TOOL_CALL) ? resource : actionType;
    EventDraft event =
        EventDraft.of(
                isPending ? Event.ACTION_REQUEST : Event.ACTION_RESPONSE,
                actor,
                micros,
                isPending ? DerivedSeq.Phase.REQUEST : DerivedSeq.Phase.RESPONSE,
                id)
            .in(tenant, trace == null ? "agent:" + agent : trace, agent, id)
            .meta("trace_id", trace)
            .meta("action_type", actionType)
            .meta("resource", resource)
            .meta("action", isPending ? null : action)
            .payload("action", isPending ? action : null)
            .payload("status", status)
            .payload("latency_ms", number(source.amount("latency_ms")))
            .x("door", DOOR)
            .x("metadata", source.any("metadata"))
            .x(source.rest());
    Mapped mapped = new Mapped();
    mapped.add(event.candidate(0));
    return mapped;
  }

  private static @Nullable JsonNode number(@Nullable Double value) {
    return value == null ? null : Json.object().numberNode(value);
  }
}
