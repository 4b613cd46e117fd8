package dev.waymark.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.event.Heartbeat;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.event.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Builds events for tests, as bytes that the real codec reads. A builder starts with run {@code r},
 * agent {@code agent}, number 1 at {@link #START}; every call returns the same builder, changed.
 *
 * <pre>{@code
 * Event event = Events.request("book_flight").run("r1").seq(3).at(1_500).callId("c1").build();
 * }</pre>
 */
public final class Events {
  /** Where the builders' clock begins: 2025-01-01T00:00:00Z in µs since the epoch. */
  public static final long START = 1_735_689_600_000_000L;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final EventCodec CODEC = new EventCodec(EventLimits.DEFAULT);

  private final ObjectNode root = JSON.createObjectNode();
  private final ObjectNode payload = JSON.createObjectNode();
  private final ObjectNode meta = JSON.createObjectNode();

  private Events(String type, String actor) {
    root.put("seq", 1);
    atMicros(START);
    root.put("actor", actor);
    root.put("type", type);
    root.set("payload", payload);
    root.set("meta", meta);
    run("r").agent("agent");
  }

  /** An agent asks for an action. */
  public static Events request(String action) {
    return new Events(Event.ACTION_REQUEST, "agent").payload("action", action);
  }

  /** A tool answers; which action it answers only {@link #callId} or {@link #action} tells. */
  public static Events response(String status) {
    return new Events(Event.ACTION_RESPONSE, "tool").payload("status", status);
  }

  /** An agent's result. */
  public static Events finalOutput() {
    return new Events(Event.FINAL_OUTPUT, "agent").payload("output", "done");
  }

  /** An agent fails. */
  public static Events error(String errorType) {
    return new Events(Event.ERROR, "agent").payload("error_type", errorType);
  }

  /** An agent thinks. */
  public static Events reasoning(String thought) {
    return new Events(Event.REASONING, "agent").payload("thought", thought);
  }

  /** An event of any type. */
  public static Events of(String type, String actor) {
    return new Events(type, actor);
  }

  /** The control record that ends a run. */
  public static Finalize finalizeRun(String tenant, String runId, long timeMicros) {
    ObjectNode record = JSON.createObjectNode();
    record.put("type", "finalize").put("t", Times.format(timeMicros));
    record.putObject("meta").put("run_id", runId).put("tenant", tenant);
    return (Finalize) decode(record);
  }

  /** The control record that carries time alone. */
  public static Heartbeat heartbeat(long timeMicros) {
    ObjectNode record = JSON.createObjectNode();
    record.put("type", "heartbeat").put("t", Times.format(timeMicros));
    return (Heartbeat) decode(record);
  }

  public Events tenant(String tenant) {
    return meta("tenant", tenant);
  }

  public Events run(String runId) {
    return meta("run_id", runId);
  }

  public Events agent(String agentId) {
    return meta("agent_id", agentId);
  }

  public Events seq(long seq) {
    root.put("seq", seq);
    return this;
  }

  /** Time in ms after {@link #START}. */
  public Events at(long millis) {
    return atMicros(START + millis * 1_000);
  }

  /** Time in µs since the epoch. */
  public Events atMicros(long timeMicros) {
    root.put("t", Times.format(timeMicros));
    return this;
  }

  public Events actor(String actor) {
    root.put("actor", actor);
    return this;
  }

  public Events callId(String callId) {
    return meta("call_id", callId);
  }

  /** {@code meta.action}: what a response answers. */
  public Events action(String action) {
    return meta("action", action);
  }

  public Events idempotencyKey(String key) {
    return meta("idempotency_key", key);
  }

  /** Any field of the payload; the value becomes the JSON that Jackson makes of it. */
  public Events payload(String field, Object value) {
    payload.set(field, JSON.valueToTree(value));
    return this;
  }

  /** Any field of the meta data; the value becomes the JSON that Jackson makes of it. */
  public Events meta(String field, Object value) {
    meta.set(field, JSON.valueToTree(value));
    return this;
  }

  /** Many fields of the payload at once. */
  public Events payload(Map<String, ?> fields) {
    fields.forEach(this::payload);
    return this;
  }

  /** The record's bytes. */
  public byte[] bytes() {
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The event as the codec reads it from {@link #bytes}. */
  public Event build() {
    return (Event) decode(root);
  }

  private static Decoded decode(ObjectNode record) {
    try {
      return CODEC.decode(record.toString().getBytes(StandardCharsets.UTF_8));
    } catch (UndecodableException e) {
      throw new IllegalArgumentException("no valid record: " + record, e);
    }
  }
}
