package dev.waymark.api.doors.otel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.api.doors.Json;
import dev.waymark.api.doors.UnmappableException;
import dev.waymark.api.doors.otel.Span.SpanEvent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads OTLP's JSON encoding: ids in hex, 64-bit numbers as text or number, enums as numbers, names
 * in lowerCamelCase; unknown fields are ignored, as it demands.
 */
final class JsonSpans {
  private static final int STATUS_ERROR = 2;
  private static final BigInteger NANOS_A_MICRO = BigInteger.valueOf(1_000);

  private JsonSpans() {}

  static List<Span> read(JsonNode request) throws UnmappableException {
    if (!request.isObject()) {
      throw new UnmappableException("body", "must be a trace request, a JSON object");
    }
    List<Span> spans = new ArrayList<>();
    for (JsonNode ofResource : list(request, "resourceSpans")) {
      ObjectNode resource = attributes(ofResource.path("resource"));
      for (JsonNode ofScope : list(ofResource, "scopeSpans")) {
        String scope = ofScope.path("scope").path("name").asText();
        for (JsonNode span : list(ofScope, "spans")) {
          spans.add(span(span, scope, resource));
        }
      }
    }
    return spans;
  }

  private static Span span(JsonNode span, String scope, ObjectNode resource)
      throws UnmappableException {
    List<SpanEvent> events = new ArrayList<>();
    for (JsonNode event : list(span, "events")) {
      events.add(new SpanEvent(event.path("name").asText(), attributes(event)));
    }
    return new Span(
        hex(span, "traceId"),
        hex(span, "spanId"),
        hex(span, "parentSpanId"),
        span.path("name").asText(),
        micros(span, "startTimeUnixNano"),
        micros(span, "endTimeUnixNano"),
        isError(span.path("status").path("code")),
        span.path("status").path("message").asText(),
        attributes(span),
        events,
        scope,
        resource);
  }

  private static boolean isError(JsonNode code) {
    return code.asInt() == STATUS_ERROR || code.asText().equals("STATUS_CODE_ERROR");
  }

  private static String hex(JsonNode span, String field) throws UnmappableException {
    String id = span.path(field).asText().toLowerCase(Locale.ROOT);
    if (!id.matches("[0-9a-f]{0,32}")) {
      throw new UnmappableException(field, "must be hexadecimal");
    }
    return id;
  }

  private static long micros(JsonNode span, String field) throws UnmappableException {
    String nanos = span.path(field).asText();
    if (nanos.isEmpty()) {
      return 0;
    }
    if (!nanos.matches("\\d{1,20}")) {
      throw new UnmappableException(field, "must be ns since the epoch");
    }
    return new BigInteger(nanos).divide(NANOS_A_MICRO).longValueExact();
  }

  private static ObjectNode attributes(JsonNode owner) throws UnmappableException {
    return fields(list(owner, "attributes"));
  }

  private static ObjectNode fields(JsonNode keyValues) {
    ObjectNode fields = Json.object();
    for (JsonNode each : keyValues) {
      fields.set(each.path("key").asText(), value(each.path("value")));
    }
    return fields;
  }

  private static JsonNode value(JsonNode any) {
    if (any.has("arrayValue")) {
      var values = Json.object().arrayNode();
      any.path("arrayValue").path("values").forEach(each -> values.add(value(each)));
      return values;
    }
    if (any.has("kvlistValue")) {
      return fields(any.path("kvlistValue").path("values"));
    }
    JsonNode whole = any.path("intValue");
    if (whole.isTextual() && whole.asText().matches("-?\\d{1,18}")) {
      return Json.object().numberNode(Long.parseLong(whole.asText()));
    }
    for (String kind :
        List.of("stringValue", "boolValue", "intValue", "doubleValue", "bytesValue")) {
      if (any.path(kind).isValueNode()) {
        return any.path(kind);
      }
    }
    return Json.object().nullNode();
  }

  private static JsonNode list(JsonNode owner, String field) throws UnmappableException {
    JsonNode list = owner.path(field);
    if (!list.isArray() && !list.isMissingNode() && !list.isNull()) {
      throw new UnmappableException(field, "must be an array");
    }
    return list;
  }
}
