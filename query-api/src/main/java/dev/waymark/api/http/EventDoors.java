package dev.waymark.api.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import java.util.stream.Stream;

/** Where events come in, all by POST: as patterns of filters, and for those before the filters. */
final class EventDoors {
  static final String EVENTS = "/api/v1/events";
  static final String RUNS = "/api/runs/**";
  static final String TRACE_EVENTS = "/api/trace-events/**";
  static final String AUDIT_AND_OTLP = "/v1/**";
  static final String USAGE = "/ingest/**";
  static final String DECISIONS = "/api/v1/audit/log";

  private static final List<String> BEGINNINGS =
      Stream.of(EVENTS, RUNS, TRACE_EVENTS, AUDIT_AND_OTLP, USAGE, DECISIONS)
          .map(pattern -> pattern.replace("/**", ""))
          .toList();

  private EventDoors() {}

  /** Whether such a request brings events. */
  static boolean isOneOf(HttpMethod method, String uri) {
    return method.equals(HttpMethod.POST) && BEGINNINGS.stream().anyMatch(uri::startsWith);
  }
}
