package dev.waymark.api.doors.otel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.api.doors.DerivedSeq.Phase;
import dev.waymark.api.doors.EventDraft;
import dev.waymark.api.doors.Json;
import dev.waymark.api.doors.UnmappableException;
import dev.waymark.api.doors.otel.Span.SpanEvent;
import dev.waymark.schemas.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One span as events. The run is the trace; the identity is the span's id and a word for the part.
 * Attributes that have no place in the contract are kept in {@code meta.x.attributes} of the span's
 * last event.
 */
final class SpanMapping {
  private static final String[] INPUTS = {
    "gen_ai.input.messages",
    "gen_ai.prompt",
    "ai.prompt.messages",
    "ai.prompt",
    "traceloop.entity.input",
    "input.value",
    "pydantic_ai.all_messages"
  };
  private static final String[] OUTPUTS = {
    "gen_ai.output.messages",
    "gen_ai.completion",
    "ai.response.text",
    "ai.response.object",
    "final_result",
    "traceloop.entity.output",
    "output.value"
  };
  private static final String[] TOOL_ARGUMENTS = {
    "gen_ai.tool.call.arguments",
    "tool_arguments",
    "ai.toolCall.args",
    "gcp.vertex.agent.tool_call_args",
    "traceloop.entity.input",
    "gen_ai.prompt",
    "tool.parameters",
    "input.value"
  };
  private static final String[] TOOL_RESULTS = {
    "gen_ai.tool.call.result",
    "tool_response",
    "ai.toolCall.result",
    "gcp.vertex.agent.tool_response",
    "traceloop.entity.output",
    "gen_ai.completion",
    "output.value"
  };
  private static final String[] AGENT_NAMES = {
    "gen_ai.agent.id", "gen_ai.agent.name", "agent.name", "agent_name", "graph.node.id"
  };
  private static final String UNKNOWN_SERVICE = "unknown_service";
  private static final double MICROS_A_MILLI = 1_000;

  private final Span span;
  private final Trace trace;
  private final SpanKind kind;
  private final Attributes attributes;
  private final @Nullable String tenant;
  private final String agentId;
  private final @Nullable String sessionId;
  private final @Nullable String userId;
  private final @Nullable String agentVersion;
  private final List<EventDraft> events = new ArrayList<>();

  SpanMapping(Span span, Trace trace, @Nullable String tenant) throws UnmappableException {
    this.span = span;
    this.trace = trace;
    this.kind = trace.kindOf(span);
    this.attributes = new Attributes(span.attributes());
    requireIds();
    Attributes resource = new Attributes(span.resource());
    String ownTenant = resource.text("waymark.tenant");
    this.tenant = ownTenant == null ? tenant : ownTenant;
    this.agentId = agentId(resource);
    this.sessionId =
        attributes.text(
            "gen_ai.conversation.id",
            "session.id",
            "langfuse.session.id",
            "traceloop.association.properties.session_id",
            "langsmith.trace.session_id",
            "ai.telemetry.metadata.sessionId");
    this.userId =
        attributes.text(
            "user.id", "enduser.id", "langfuse.user.id", "ai.telemetry.metadata.userId");
    this.agentVersion = attributes.text("gen_ai.agent.version");
  }

  /** In the order of their times. */
  List<EventDraft> events() {
    switch (kind) {
      case MODEL -> modelCall();
      case TOOL -> toolCall();
      default -> run();
    }
    keepTheRest(events.get(events.size() - 1));
    return events;
  }

  private void run() {
    JsonNode input = attributes.json(INPUTS);
    JsonNode output = attributes.json(OUTPUTS);
    event(Event.REASONING, "user", "begin", Phase.BEGIN)
        .payload("goal", Messages.lastOfUser(input));
    String words = words(output);
    if (span.isError()) {
      error();
    }
    boolean isEnd = trace.isOutermost(span);
    if (isEnd && (!span.isError() || words != null)) {
      event(Event.FINAL_OUTPUT, "agent", "end", Phase.END).payload("output", words);
    } else if (words != null) {
      event(Event.REASONING, "agent", "end", Phase.RESPONSE).payload("thought", words);
    }
  }

  private void modelCall() {
    JsonNode input = first(attributes.json(INPUTS[0]), "gen_ai.prompt.", "llm.input_messages.");
    JsonNode output =
        first(attributes.json(OUTPUTS[0]), "gen_ai.completion.", "llm.output_messages.");
    JsonNode otherInput = input == null ? attributes.json(INPUTS) : null;
    JsonNode otherOutput = output == null ? attributes.json(OUTPUTS) : null;
    EventDraft call =
        event(Event.REASONING, "agent", "call", Phase.RESPONSE)
            .payload("thought", words(output == null ? otherOutput : output))
            .payload("input", input == null ? otherInput : input)
            .payload("output", output)
            .meta(
                "model",
                attributes.text(
                    "gen_ai.response.model",
                    "ai.response.model",
                    "gen_ai.request.model",
                    "llm.model_name",
                    "embedding.model_name",
                    "ai.model.id"))
            .meta(
                "provider",
                attributes.text(
                    "gen_ai.provider.name",
                    "gen_ai.system",
                    "llm.provider",
                    "llm.system",
                    "ai.model.provider"))
            .meta("gen_latency_ms", durationMs());
    if (!trace.isAroundPricedCall(span)) {
      call.usage(Usage.of(attributes))
          .meta(
              "cost_usd",
              attributes.amount(
                  "gen_ai.usage.cost",
                  "operation.cost",
                  "llm.cost.total",
                  "gen_ai.cost.total_cost"));
    }
    if (span.isError()) {
      error();
    }
  }

  private void toolCall() {
    String tool = toolName();
    String callId =
        attributes.text("gen_ai.tool.call.id", "tool_call.id", "ai.toolCall.id", "tool.id");
    String joined = callId == null ? span.spanId() : callId;
    event(Event.ACTION_REQUEST, "agent", "request", Phase.REQUEST)
        .payload("action", tool)
        .payload("params", attributes.json(TOOL_ARGUMENTS))
        .meta("call_id", joined);
    event(Event.ACTION_RESPONSE, "tool", "response", Phase.RESPONSE)
        .payload("status", span.isError() ? "error" : "success")
        .payload("result", attributes.json(TOOL_RESULTS))
        .payload("error", span.isError() ? problem().message() : null)
        .payload("latency_ms", Json.object().numberNode(durationMs()))
        .meta("action", tool)
        .meta("call_id", joined);
  }

  private void error() {
    Problem problem = problem();
    event(Event.ERROR, "agent", "error", Phase.RESPONSE)
        .payload("error_type", problem.type())
        .payload("message", problem.message())
        .payload("stack_trace", problem.stackTrace());
  }

  /** A new event of this span, at its begin for the first phases, else at its end. */
  private EventDraft event(String type, String actor, String part, Phase phase) {
    boolean isBegin = phase == Phase.BEGIN || phase == Phase.REQUEST;
    String id = span.spanId() + ':' + part;
    EventDraft event =
        EventDraft.of(type, actor, isBegin ? span.startMicros() : endMicros(), phase, id)
            .in(tenant, span.traceId(), agentId, id)
            .meta("trace_id", span.traceId())
            .meta("session_id", sessionId)
            .meta("user_id", userId)
            .meta("agent_version", agentVersion)
            .x("door", "otlp")
            .x("span", span.spanId());
    events.add(event);
    return event;
  }

  private void keepTheRest(EventDraft last) {
    last.x("name", span.name())
        .x("parent_span", span.isRoot() ? null : span.parentId())
        .x("scope", span.scope())
        .x("attributes", orNull(attributes.rest()))
        .x("resource", orNull(span.resource()))
        .x("status_message", span.statusMessage().isEmpty() ? null : span.statusMessage())
        .x("events", spanEvents());
  }

  private @Nullable JsonNode spanEvents() {
    ArrayNode list = Json.object().arrayNode();
    for (SpanEvent event : span.events()) {
      list.addObject().put("name", event.name()).set("attributes", event.attributes());
    }
    return list.isEmpty() ? null : list;
  }

  private static @Nullable JsonNode orNull(ObjectNode node) {
    return node.isEmpty() ? null : node;
  }

  /** Why a span failed. */
  private record Problem(String type, @Nullable String message, @Nullable String stackTrace) {}

  private Problem problem() {
    Optional<ObjectNode> exception =
        span.events().stream()
            .filter(event -> event.name().equals("exception"))
            .map(SpanEvent::attributes)
            .findFirst();
    Attributes facts = new Attributes(exception.orElseGet(Json::object));
    String thrown = facts.text("exception.type");
    String named = attributes.text("error.type");
    String message = facts.text("exception.message");
    return new Problem(
        named != null ? named : thrown != null ? thrown : "error",
        message != null ? message : span.statusMessage().isEmpty() ? null : span.statusMessage(),
        facts.text("exception.stacktrace"));
  }

  /** The words of an output; where it has no messages, its JSON. */
  private static @Nullable String words(@Nullable JsonNode output) {
    String words = Messages.words(output);
    return words != null || output == null || output.isArray() ? words : output.toString();
  }

  private @Nullable JsonNode first(@Nullable JsonNode found, String... prefixes) {
    JsonNode value = found;
    for (String prefix : prefixes) {
      value = value == null ? attributes.tree(prefix) : value;
    }
    return value;
  }

  private String toolName() {
    String name =
        attributes.text(
            "gen_ai.tool.name", "tool.name", "ai.toolCall.name", "traceloop.entity.name");
    return name != null ? name : withoutOperation(span.name(), "execute_tool ");
  }

  private String agentId(Attributes resource) {
    String own = attributes.text(AGENT_NAMES);
    if (own != null) {
      return own;
    }
    Optional<Span> agent = trace.agentOf(span);
    if (agent.isPresent()) {
      String name = new Attributes(agent.get().attributes()).text(AGENT_NAMES);
      return name != null ? name : withoutOperation(agent.get().name(), "invoke_agent ");
    }
    String service = resource.text("service.name");
    boolean isNamed = service != null && !service.startsWith(UNKNOWN_SERVICE);
    if (isNamed) {
      return String.valueOf(service);
    }
    return span.scope().isEmpty() ? "otel" : span.scope();
  }

  private static String withoutOperation(String name, String operation) {
    String bare = name.startsWith(operation) ? name.substring(operation.length()) : name;
    return bare.isEmpty() ? "unnamed" : bare;
  }

  private void requireIds() throws UnmappableException {
    require(span.traceId(), 32, "traceId");
    require(span.spanId(), 16, "spanId");
    if (span.startMicros() == 0) {
      throw new UnmappableException("startTimeUnixNano", "required");
    }
  }

  private static void require(String id, int digits, String field) throws UnmappableException {
    if (id.length() != digits || id.chars().allMatch(digit -> digit == '0')) {
      throw new UnmappableException(field, "must be " + digits / 2 + " bytes that are not all 0");
    }
  }

  /**
   * A span that has not ended, or before it began by a clock that was set, ends where it begins.
   */
  private long endMicros() {
    return Math.max(span.startMicros(), span.endMicros());
  }

  private double durationMs() {
    return (endMicros() - span.startMicros()) / MICROS_A_MILLI;
  }
}
