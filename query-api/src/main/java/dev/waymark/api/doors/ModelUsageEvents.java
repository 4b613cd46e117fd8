package dev.waymark.api.doors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What model servers report: predictions of models, and calls of language models. Where their
 * metadata name no run, a model's events of one day (UTC) are one.
 */
public final class ModelUsageEvents {
  private final int maxEvents;

  public ModelUsageEvents(int maxEvents) {
    this.maxEvents = maxEvents;
  }

  /** How one entry becomes an event. */
  private interface Entry {
    EventDraft map(SourceObject source, SourceObject metadata, Frame frame)
        throws UnmappableException;
  }

  /** What both kinds have in common, read already. */
  private record Frame(@Nullable String tenant, long micros, String id) {}

  /** {@code {"events": [{model_type, model_id, input_shape, prediction_count, …}]}}. */
  public Mapped ml(JsonNode body, @Nullable String tenant)
      throws UnmappableException, TooManyEventsException {
    return map(body, tenant, ModelUsageEvents::prediction);
  }

  /** {@code {"events": [{model_name, prompt_length, response_length, tokens_used, cost, …}]}}. */
  public Mapped llm(JsonNode body, @Nullable String tenant)
      throws UnmappableException, TooManyEventsException {
    return map(body, tenant, ModelUsageEvents::call);
  }

  private Mapped map(JsonNode body, @Nullable String tenant, Entry entry)
      throws UnmappableException, TooManyEventsException {
    List<JsonNode> entries = ToonEvents.list(requireEvents(body), maxEvents);
    Map<String, Integer> seen = new HashMap<>();
    Mapped mapped = new Mapped();
    for (int i = 0; i < entries.size(); i++) {
      try {
        String hash = Hash.of(entries.get(i));
        int copy = seen.merge(hash, 1, Integer::sum);
        SourceObject source = SourceObject.of(entries.get(i));
        SourceObject metadata = source.object("metadata");
        String named = metadata.text("idempotency_key", "event_id", "request_id");
        String id = named != null ? named : copy == 1 ? hash : hash + '#' + copy;
        Frame frame = new Frame(tenant, source.requiredTime("timestamp"), id);
        mapped.add(entry.map(source, metadata, frame).candidate(i));
      } catch (UnmappableException e) {
        mapped.reject(i, e);
      }
    }
    return mapped;
  }

  private static JsonNode requireEvents(JsonNode body) throws UnmappableException {
    if (!body.path("events").isArray()) {
      throw new UnmappableException("events", "must be an array");
    }
    return body.path("events");
  }

  private static EventDraft prediction(SourceObject source, SourceObject metadata, Frame frame)
      throws UnmappableException {
    String model = source.requiredText("model_id");
    String type = source.requiredText("model_type");
    EventDraft event =
        event(Event.ACTION_RESPONSE, model, "ml", metadata, frame)
            .meta("action", "predict")
            .meta("action_type", type)
            .payload("status", "success")
            .payload("input_shape", source.any("input_shape"))
            .payload("prediction_count", number(source.count("prediction_count")))
            .payload("latency_ms", real(metadata.amount("latency_ms")));
    return withRest(event, source, metadata);
  }

  private static EventDraft call(SourceObject source, SourceObject metadata, Frame frame)
      throws UnmappableException {
    String model = source.requiredText("model_name");
    Long prompt = source.count("prompt_length");
    Long response = source.count("response_length");
    Long tokens = source.count("tokens_used");
    EventDraft event =
        event(Event.REASONING, model, "llm", metadata, frame)
            .payload("prompt_length", number(prompt))
            .payload("response_length", number(response))
            .meta("cost_usd", source.amount("cost"))
            .meta("gen_latency_ms", metadata.amount("latency_ms", "duration_ms"));
    ObjectNode usage = recorded(metadata);
    if (usage.isEmpty() && tokens != null) {
      usage = split(tokens, prompt, response);
      event.x("usage", "tokens_used, split by prompt_length and response_length");
    }
    event.usage(usage).x("tokens_used", number(tokens));
    return withRest(event, source, metadata);
  }

  private static EventDraft event(
      String type, String model, String door, SourceObject metadata, Frame frame)
      throws UnmappableException {
    String agent = metadata.text("agent_id", "agent", "service");
    String run = metadata.text("run_id", "trace_id", "session_id", "conversation_id");
    String day = Times.instant(frame.micros()).atOffset(ZoneOffset.UTC).toLocalDate().toString();
    return EventDraft.of(type, "agent", frame.micros(), DerivedSeq.Phase.RESPONSE, frame.id())
        .in(
            frame.tenant(),
            run == null ? door + ':' + model + ':' + day : run,
            agent == null ? model : agent,
            frame.id())
        .meta("model", model)
        .meta("provider", metadata.text("provider"))
        .meta("user_id", metadata.text("user_id"))
        .x("door", door);
  }

  private static EventDraft withRest(EventDraft event, SourceObject source, SourceObject metadata) {
    return event.x("metadata", metadata.rest().isEmpty() ? null : metadata.rest()).x(source.rest());
  }

  private static ObjectNode recorded(SourceObject metadata) throws UnmappableException {
    ObjectNode usage = Json.object();
    Long input = metadata.count("input_tokens", "prompt_tokens");
    Long output = metadata.count("output_tokens", "completion_tokens");
    if (input != null && output != null) {
      usage.put("input_tokens", input).put("output_tokens", output);
    }
    return usage;
  }

  /** The sum is exact; only the source knows the parts. */
  private static ObjectNode split(long tokens, @Nullable Long prompt, @Nullable Long response) {
    double in = prompt == null ? 0 : prompt;
    double out = response == null ? 0 : response;
    long input = in + out == 0 ? tokens : Math.round(tokens * (in / (in + out)));
    return Json.object().put("input_tokens", input).put("output_tokens", tokens - input);
  }

  private static @Nullable JsonNode number(@Nullable Long value) {
    return value == null ? null : Json.object().numberNode(value);
  }

  private static @Nullable JsonNode real(@Nullable Double value) {
    return value == null ? null : Json.object().numberNode(value);
  }
}
