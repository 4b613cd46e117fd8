package dev.waymark.api.doors.otel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.waymark.api.doors.Json;
import dev.waymark.api.doors.UnmappableException;
import dev.waymark.api.doors.otel.Span.SpanEvent;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads OTLP's protobuf encoding. */
final class ProtoSpans {
  /** Two bytes can make a message of a hundred in memory. */
  private static final int MAX_FIELDS = 200_000;

  private static final int MAX_DEPTH = 100;
  private static final long NANOS_A_MICRO = 1_000;

  private ProtoSpans() {}

  static List<Span> read(byte[] body) throws UnmappableException {
    ExportTraceServiceRequest request = parse(body);
    List<Span> spans = new ArrayList<>();
    for (ResourceSpans ofResource : request.getResourceSpansList()) {
      ObjectNode resource = fields(ofResource.getResource().getAttributesList());
      for (ScopeSpans ofScope : ofResource.getScopeSpansList()) {
        ofScope
            .getSpansList()
            .forEach(span -> spans.add(span(span, ofScope.getScope().getName(), resource)));
      }
    }
    return spans;
  }

  private static ExportTraceServiceRequest parse(byte[] body) throws UnmappableException {
    try {
      int fields =
          count(
              CodedInputStream.newInstance(body), ExportTraceServiceRequest.getDescriptor(), 0, 0);
      if (fields > MAX_FIELDS) {
        throw new UnmappableException("body", "must have at most " + MAX_FIELDS + " fields");
      }
      return ExportTraceServiceRequest.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      throw new UnmappableException("body", "must be a trace request in protobuf");
    } catch (IOException e) {
      throw new UnmappableException("body", "must be a trace request in protobuf, was cut off");
    }
  }

  /** Walks through the message without building it; stops soon after the limit. */
  private static int count(CodedInputStream in, Descriptor type, int depth, int counted)
      throws IOException {
    int fields = counted;
    for (int tag = in.readTag(); tag != 0 && fields <= MAX_FIELDS; tag = in.readTag()) {
      fields++;
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      boolean isMessage =
          field != null
              && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
              && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (!isMessage) {
        in.skipField(tag);
      } else if (depth == MAX_DEPTH) {
        throw new InvalidProtocolBufferException("nested too deeply");
      } else {
        int outer = in.pushLimit(in.readRawVarint32());
        fields = count(in, field.getMessageType(), depth + 1, fields);
        if (fields <= MAX_FIELDS) {
          in.checkLastTagWas(0);
          in.popLimit(outer);
        }
      }
    }
    return fields;
  }

  private static Span span(
      io.opentelemetry.proto.trace.v1.Span span, String scope, ObjectNode resource) {
    return new Span(
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        span.getName(),
        Long.divideUnsigned(span.getStartTimeUnixNano(), NANOS_A_MICRO),
        Long.divideUnsigned(span.getEndTimeUnixNano(), NANOS_A_MICRO),
        span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR,
        span.getStatus().getMessage(),
        fields(span.getAttributesList()),
        span.getEventsList().stream()
            .map(event -> new SpanEvent(event.getName(), fields(event.getAttributesList())))
            .toList(),
        scope,
        resource);
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static ObjectNode fields(List<KeyValue> keyValues) {
    ObjectNode fields = Json.object();
    keyValues.forEach(each -> fields.set(each.getKey(), value(each.getValue())));
    return fields;
  }

  private static JsonNode value(AnyValue any) {
    ObjectNode nodes = Json.object();
    return switch (any.getValueCase()) {
      case STRING_VALUE -> nodes.textNode(any.getStringValue());
      case BOOL_VALUE -> nodes.booleanNode(any.getBoolValue());
      case INT_VALUE -> nodes.numberNode(any.getIntValue());
      case DOUBLE_VALUE -> number(any.getDoubleValue());
      case BYTES_VALUE ->
          nodes.textNode(HexFormat.of().formatHex(any.getBytesValue().toByteArray()));
      case KVLIST_VALUE -> fields(any.getKvlistValue().getValuesList());
      case ARRAY_VALUE -> {
        ArrayNode values = nodes.arrayNode();
        any.getArrayValue().getValuesList().forEach(each -> values.add(value(each)));
        yield values;
      }
      default -> nodes.nullNode();
    };
  }

  /** JSON has no word for what is no number. */
  private static JsonNode number(double value) {
    return Double.isFinite(value)
        ? Json.object().numberNode(value)
        : Json.object().textNode(String.valueOf(value));
  }
}
