package dev.waymark.api.doors.otel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One span of a trace request, whichever of OTLP's encodings it came in.
 *
 * @param traceId lower-case hex; empty where absent
 * @param spanId lower-case hex; empty where absent
 * @param parentId lower-case hex; empty for the root of a trace
 * @param startMicros since the epoch; 0 where absent
 * @param endMicros since the epoch; 0 where absent
 * @param isError whether its status says so
 * @param attributes by their names, values as JSON
 * @param scope name of the instrumentation
 * @param resource attributes of what sent it
 */
record Span(
    String traceId,
    String spanId,
    String parentId,
    String name,
    long startMicros,
    long endMicros,
    boolean isError,
    String statusMessage,
    ObjectNode attributes,
    List<SpanEvent> events,
    String scope,
    ObjectNode resource) {

  /** Something that happened within a span. */
  record SpanEvent(String name, ObjectNode attributes) {}

  boolean isRoot() {
    return parentId.isEmpty();
  }
}
