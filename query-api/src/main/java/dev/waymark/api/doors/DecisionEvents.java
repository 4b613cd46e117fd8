package dev.waymark.api.doors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.schemas.event.Event;
import org.jspecify.annotations.Nullable;

/** Decisions of language models: what was asked, what was answered, what it cost. */
public final class DecisionEvents {
  /** What the action of every decision begins with, by which they are found again. */
  public static final String ACTION_PREFIX = "decide:";

  private static final double MS_A_SECOND = 1_000;
  private static final String[] SUMS_IN = {"input_tokens", "prompt_tokens"};
  private static final String[] SUMS_OUT = {"output_tokens", "completion_tokens"};
  private static final String[] PARTS_IN = {"input_tokens", "prompt_tokens", "input", "prompt"};
  private static final String[] PARTS_OUT = {
    "output_tokens", "completion_tokens", "output", "completion"
  };

  private DecisionEvents() {}

  /**
   * One decision.
   *
   * @param id its identity, where it names none itself
   * @param nowMicros its time, where it names none itself
   */
  public static Mapped map(JsonNode body, @Nullable String tenant, String id, long nowMicros)
      throws UnmappableException {
    SourceObject source = SourceObject.of(body);
    Long at = source.time("timestamp");
    String type = source.requiredText("decision_type");
    String session = source.text("session_id");
    String model = source.text("model", "model_name");
    String agent = source.text("agent_id", "agent", "service");
    EventDraft event =
        EventDraft.of(
                Event.REASONING,
                "agent",
                at == null ? nowMicros : at,
                DerivedSeq.Phase.RESPONSE,
                id)
            .in(
                tenant,
                session == null ? "decision:" + id : session,
                agent != null ? agent : model != null ? model : "llm",
                id)
            .meta("action", ACTION_PREFIX + type)
            .meta("decision_type", type)
            .meta("user_id", source.text("user_id"))
            .meta("session_id", session)
            .meta("model", model)
            .meta("provider", source.text("provider"))
            .meta("cost_usd", source.amount("cost_usd", "cost"))
            .meta("gen_latency_ms", duration(source))
            .payload("goal", words(source.any("prompt")))
            .payload("thought", words(source.any("response")))
            .x("door", "decisions");
    usage(event, source);
    event.x("metadata", source.any("metadata")).x(source.rest());
    Mapped mapped = new Mapped();
    mapped.add(event.candidate(0));
    return mapped;
  }

  /** The id that a decision gives itself. */
  public static @Nullable String idOf(JsonNode body) {
    String id = body.path("id").isValueNode() ? body.path("id").asText() : "";
    return id.isEmpty() || id.equals("null") ? null : id;
  }

  private static @Nullable Double duration(SourceObject source) throws UnmappableException {
    Double millis = source.amount("duration_ms", "latency_ms", "duration");
    Double seconds = source.amount("duration_seconds");
    return millis != null || seconds == null ? millis : Double.valueOf(seconds * MS_A_SECOND);
  }

  /** {@code tokens} is a sum, or an object with its parts. A sum alone counts as input. */
  private static void usage(EventDraft event, SourceObject source) throws UnmappableException {
    JsonNode tokens = source.any("tokens");
    boolean hasParts = tokens != null && tokens.isObject();
    SourceObject parts = tokens != null && hasParts ? SourceObject.of(tokens) : source;
    Long input = parts.count(hasParts ? PARTS_IN : SUMS_IN);
    Long output = parts.count(hasParts ? PARTS_OUT : SUMS_OUT);
    Long sum = total(tokens, source);
    ObjectNode usage = Json.object();
    if (input != null || output != null) {
      usage.put("input_tokens", input == null ? 0 : input);
      usage.put("output_tokens", output == null ? 0 : output);
    } else if (sum != null) {
      usage.put("input_tokens", sum).put("output_tokens", 0);
      event.x("usage", "a sum alone: counted as input");
    }
    event.usage(usage).x("tokens", hasParts && !parts.rest().isEmpty() ? parts.rest() : null);
  }

  private static @Nullable Long total(@Nullable JsonNode tokens, SourceObject source)
      throws UnmappableException {
    if (tokens == null || tokens.isObject()) {
      return source.count("tokens_used", "total_tokens");
    }
    if (!tokens.isIntegralNumber() || !tokens.canConvertToLong() || tokens.asLong() < 0) {
      throw new UnmappableException("tokens", "must be a whole number of at least 0, or its parts");
    }
    return tokens.asLong();
  }

  private static @Nullable String words(@Nullable JsonNode value) {
    if (value == null) {
      return null;
    }
    return value.isTextual() ? value.asText() : value.toString();
  }
}
