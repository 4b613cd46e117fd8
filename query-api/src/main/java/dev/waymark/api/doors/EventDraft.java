package dev.waymark.api.doors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.waymark.api.gateway.Candidate;
import dev.waymark.schemas.event.Times;
import org.jspecify.annotations.Nullable;

/**
 * One record of the event contract under construction. What is null is left out. Nothing is checked
 * here: the gateway does, with the contract's own codec.
 */
public final class EventDraft {
  private final ObjectNode root = Json.object();
  private final ObjectNode payload = Json.object();
  private final ObjectNode meta = Json.object();
  private final ObjectNode x = Json.object();

  private EventDraft() {}

  /** An event of a run; its {@code seq} is derived from time and source id. */
  public static EventDraft of(
      String type, String actor, long micros, DerivedSeq.Phase phase, String id) {
    EventDraft draft = new EventDraft();
    draft.root.put("seq", DerivedSeq.of(micros, phase, id));
    draft.root.put("t", Times.format(micros));
    draft.root.put("actor", actor);
    draft.root.put("type", type);
    draft.root.set("payload", draft.payload);
    draft.root.set("meta", draft.meta);
    draft.x.put("seq", "derived");
    return draft;
  }

  public EventDraft in(@Nullable String tenant, String runId, String agentId, String key) {
    return meta("tenant", tenant)
        .meta("run_id", runId)
        .meta("agent_id", agentId)
        .meta("idempotency_key", key);
  }

  public EventDraft payload(String field, @Nullable String value) {
    return payload(field, value == null ? null : TextNode.valueOf(value));
  }

  public EventDraft payload(String field, @Nullable JsonNode value) {
    return set(payload, field, value);
  }

  public EventDraft meta(String field, @Nullable String value) {
    return meta(field, value == null ? null : TextNode.valueOf(value));
  }

  public EventDraft meta(String field, @Nullable JsonNode value) {
    return set(meta, field, value);
  }

  public EventDraft meta(String field, @Nullable Double value) {
    if (value != null) {
      meta.put(field, value);
    }
    return this;
  }

  public EventDraft usage(@Nullable ObjectNode usage) {
    return meta("usage", usage == null || usage.isEmpty() ? null : usage);
  }

  public EventDraft x(String field, @Nullable String value) {
    return x(field, value == null ? null : TextNode.valueOf(value));
  }

  public EventDraft x(String field, @Nullable JsonNode value) {
    return set(x, field, value);
  }

  /** All fields of an object that is not empty, beside those there are. */
  public EventDraft x(ObjectNode fields) {
    fields.properties().forEach(field -> x(field.getKey(), field.getValue()));
    return this;
  }

  public Candidate candidate(int index) {
    meta.set("x", x);
    return new Candidate(index, Json.write(root));
  }

  private EventDraft set(ObjectNode parent, String field, @Nullable JsonNode value) {
    boolean isEmpty = value == null || value.isNull() || value.isMissingNode();
    if (!isEmpty) {
      parent.set(field, value);
    }
    return this;
  }
}
