package dev.waymark.api.doors.otel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A trace as Langfuse exports it, told as a framework would with the current GenAI attributes:
 * generations are chats, what a tool message came out of is a tool, the root is the agent.
 */
final class LangfuseExport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode observations;
  private final String traceId;

  LangfuseExport(Path file) throws IOException {
    JsonNode export = JSON.readTree(file.toFile());
    observations = export.path("observations");
    traceId = export.path("trace").path("id").asText();
  }

  String traceId() {
    return traceId;
  }

  long tokens(String field) {
    long sum = 0;
    for (JsonNode each : observations) {
      sum += isGeneration(each) ? each.path(field).asLong() : 0;
    }
    return sum;
  }

  long tools() {
    long tools = 0;
    for (JsonNode each : observations) {
      tools += isTool(each) ? 1 : 0;
    }
    return tools;
  }

  /** As an OTLP request in JSON. */
  String request() {
    ObjectNode request = JSON.createObjectNode();
    ArrayNode spans =
        request
            .putArray("resourceSpans")
            .addObject()
            .putArray("scopeSpans")
            .addObject()
            .putArray("spans");
    observations.forEach(each -> add(spans.addObject(), each));
    return request.toString();
  }

  private void add(ObjectNode span, JsonNode observation) {
    span.put("traceId", traceId).put("spanId", observation.path("id").asText());
    span.put("parentSpanId", observation.path("parentObservationId").asText(""));
    span.put("name", observation.path("name").asText());
    span.put("startTimeUnixNano", nanos(observation.path("startTime")));
    span.put("endTimeUnixNano", nanos(observation.path("endTime")));
    ArrayNode attributes = span.putArray("attributes");
    if (isGeneration(observation)) {
      text(attributes, "gen_ai.operation.name", "chat");
      text(attributes, "gen_ai.request.model", observation.path("model").asText());
      text(attributes, "gen_ai.output.messages", observation.path("output").asText());
      number(attributes, "gen_ai.usage.input_tokens", observation.path("inputUsage").asLong());
      number(attributes, "gen_ai.usage.output_tokens", observation.path("outputUsage").asLong());
    } else if (isTool(observation)) {
      text(attributes, "gen_ai.operation.name", "execute_tool");
      text(attributes, "gen_ai.tool.name", observation.path("name").asText());
      text(attributes, "gen_ai.tool.call.arguments", observation.path("input").asText());
      text(attributes, "gen_ai.tool.call.result", observation.path("output").asText());
    } else if (observation.path("parentObservationId").asText("").isEmpty()) {
      text(attributes, "gen_ai.operation.name", "invoke_agent");
    }
  }

  private static boolean isGeneration(JsonNode observation) {
    return observation.path("type").asText().equals("GENERATION");
  }

  private static boolean isTool(JsonNode observation) {
    try {
      String output = observation.path("output").asText();
      return output.startsWith("{") && JSON.readTree(output).path("type").asText().equals("tool");
    } catch (IOException e) {
      return false;
    }
  }

  private static String nanos(JsonNode time) {
    return Instant.parse(time.asText()).toEpochMilli() + "000000";
  }

  private static void text(ArrayNode attributes, String name, String value) {
    attributes.addObject().put("key", name).putObject("value").put("stringValue", value);
  }

  private static void number(ArrayNode attributes, String name, long value) {
    attributes
        .addObject()
        .put("key", name)
        .putObject("value")
        .put("intValue", String.valueOf(value));
  }
}
