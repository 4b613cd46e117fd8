package dev.waymark.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.event.UndecodableException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Spells one event of the contract, field by field; {@link #toEvent} checks it with the very codec
 * the jobs read it with. Run, agent, number and time may be left to {@link AgentRun#send}.
 *
 * <p>Values are JSON-like: text, numbers, booleans, lists, maps, or what Jackson can turn into
 * those; a null leaves the field out. Maps are written in the order of their keys, so that sending
 * an event again gives the same bytes and counts as a duplicate. Not safe for concurrent use; build
 * one per event.
 */
public final class EventBuilder {
  /** Maps in the order of their keys: the same event gives the same bytes, in every process. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private static final EventCodec CODEC = new EventCodec(EventLimits.DEFAULT);

  private final String type;
  private final ObjectNode payload = JSON.createObjectNode();
  private final ObjectNode meta = JSON.createObjectNode();
  private String actor;
  private @Nullable Long seq;
  private @Nullable Instant at;

  private EventBuilder(String actor, String type) {
    this.actor = actor;
    this.type = type;
  }

  /** What the agent thinks; one of {@link #thought}, {@link #goal} and {@link #plan} says it. */
  public static EventBuilder reasoning() {
    return new EventBuilder("agent", Event.REASONING);
  }

  /** The agent calls a tool, or does anything else that has a name. */
  public static EventBuilder actionRequest(String action) {
    return new EventBuilder("agent", Event.ACTION_REQUEST).payload("action", action);
  }

  /** A tool's answer; {@code status} is {@code success} or {@code error}. */
  public static EventBuilder actionResponse(String status) {
    return new EventBuilder("tool", Event.ACTION_RESPONSE).payload("status", status);
  }

  /** The run's answer to its user. */
  public static EventBuilder finalOutput(String output) {
    return new EventBuilder("agent", Event.FINAL_OUTPUT).payload("output", output);
  }

  /** Something failed that is no tool's answer. */
  public static EventBuilder error(String errorType, String message) {
    return new EventBuilder("system", Event.ERROR)
        .payload("error_type", errorType)
        .payload("message", message);
  }

  /** A snapshot of the surroundings: cpu, memory, versions, … */
  public static EventBuilder environment() {
    return new EventBuilder("system", Event.ENVIRONMENT);
  }

  /** Who acted, where it is not the type's usual one: agent, tool, user, human, system, redteam. */
  public EventBuilder actor(String actor) {
    this.actor = actor;
    return this;
  }

  /** Order in the run, at least 1. */
  public EventBuilder seq(long seq) {
    this.seq = seq;
    return this;
  }

  /** When it happened; what is finer than a µs is cut off. */
  public EventBuilder at(Instant at) {
    this.at = at;
    return this;
  }

  public EventBuilder run(String runId) {
    return meta("run_id", runId);
  }

  public EventBuilder agent(String agentId) {
    return meta("agent_id", agentId);
  }

  public EventBuilder tenant(@Nullable String tenant) {
    return meta("tenant", tenant);
  }

  public EventBuilder thought(String thought) {
    return payload("thought", thought);
  }

  public EventBuilder goal(String goal) {
    return payload("goal", goal);
  }

  public EventBuilder plan(List<String> plan) {
    return payload("plan", plan);
  }

  /** One parameter of a request. */
  public EventBuilder param(String name, @Nullable Object value) {
    return put(payload.withObjectProperty("params"), name, value);
  }

  /** All parameters of a request at once. */
  public EventBuilder params(Map<String, ?> params) {
    new TreeMap<>(params).forEach(this::param);
    return this;
  }

  public EventBuilder rationale(String rationale) {
    return payload("rationale", rationale);
  }

  public EventBuilder result(@Nullable Object result) {
    return payload("result", result);
  }

  /** How long the tool took. */
  public EventBuilder latencyMs(double latencyMs) {
    return payload("latency_ms", latencyMs);
  }

  /** Joins a response to its request. */
  public EventBuilder callId(@Nullable String callId) {
    return meta("call_id", callId);
  }

  /** Of a response: the action it answers. Without it the jobs join by {@link #callId}. */
  public EventBuilder action(@Nullable String action) {
    return meta("action", action);
  }

  public EventBuilder model(@Nullable String model) {
    return meta("model", model);
  }

  /**
   * Tokens of the model call this event came from. {@code inputTokens} is the whole prompt; cached
   * tokens, {@link #cached}, are part of it. Say it on one event per call, or sums are wrong.
   */
  public EventBuilder usage(long inputTokens, long outputTokens) {
    usage().put("input_tokens", inputTokens).put("output_tokens", outputTokens);
    return this;
  }

  /** How many of the prompt's tokens were read from, and written to, the provider's cache. */
  public EventBuilder cached(long cachedInputTokens, long cacheWriteInputTokens) {
    usage()
        .put("cached_input_tokens", cachedInputTokens)
        .put("cache_write_input_tokens", cacheWriteInputTokens);
    return this;
  }

  /** What the call cost, where the agent knows; else the price table says. */
  public EventBuilder costUsd(double costUsd) {
    return meta("cost_usd", costUsd);
  }

  /** How long the model took. */
  public EventBuilder genLatencyMs(double genLatencyMs) {
    return meta("gen_latency_ms", genLatencyMs);
  }

  /** Tells a repeat of this event from another one; without it, {@link #seq} does. */
  public EventBuilder idempotencyKey(@Nullable String idempotencyKey) {
    return meta("idempotency_key", idempotencyKey);
  }

  /** Any field of {@code payload}, also one the contract does not name. */
  public EventBuilder payload(String name, @Nullable Object value) {
    return put(payload, name, value);
  }

  /** Any field of {@code meta}, also one the contract does not name. */
  public EventBuilder meta(String name, @Nullable Object value) {
    return put(meta, name, value);
  }

  /**
   * The finished event with its bytes; throws {@link IllegalStateException} with the first field
   * that breaks the contract, such as {@code meta.run_id: required}.
   */
  public Event toEvent() {
    try {
      Decoded decoded = CODEC.decode(toBytes());
      if (decoded instanceof Event event) {
        return event;
      }
      throw new IllegalStateException("type: no builder makes a control record");
    } catch (UndecodableException e) {
      throw new IllegalStateException(e.detail(), e);
    }
  }

  boolean hasSeq() {
    return seq != null;
  }

  boolean hasTime() {
    return at != null;
  }

  boolean hasMeta(String field) {
    return meta.hasNonNull(field);
  }

  private byte[] toBytes() {
    // In the contract's order, since people read it in the trail.
    ObjectNode root = JSON.createObjectNode();
    if (seq != null) {
      root.put("seq", seq);
    }
    if (at != null) {
      root.put("t", Times.format(Times.micros(at)));
    }
    root.put("actor", actor).put("type", type);
    root.set("payload", payload);
    root.set("meta", meta);
    try {
      return JSON.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("event: " + e.getOriginalMessage(), e);
    }
  }

  private ObjectNode usage() {
    return meta.withObjectProperty("usage");
  }

  private EventBuilder put(ObjectNode object, String name, @Nullable Object value) {
    if (value == null) {
      object.remove(name);
    } else {
      object.set(name, JSON.valueToTree(value));
    }
    return this;
  }
}
