package dev.waymark.api.doors.otel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waymark.api.doors.Mapped;
import dev.waymark.api.doors.TooManyEventsException;
import dev.waymark.api.doors.UnmappableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of OTLP trace requests; a trace is a run. Indexes are those of the spans, in the
 * order of the request.
 */
public final class TraceEvents {
  private final int maxSpans;

  public TraceEvents(int maxSpans) {
    this.maxSpans = maxSpans;
  }

  /**
   * What became of a request's spans.
   *
   * @param ignored spans that tell of no agent, model or tool
   */
  public record Outcome(Mapped mapped, int ignored) {}

  /** OTLP's JSON; the tenant is used where the resource names none. */
  public Outcome json(JsonNode request, @Nullable String tenant)
      throws UnmappableException, TooManyEventsException {
    return map(JsonSpans.read(request), tenant);
  }

  /** OTLP's protobuf; the tenant is used where the resource names none. */
  public Outcome protobuf(byte[] request, @Nullable String tenant)
      throws UnmappableException, TooManyEventsException {
    return map(ProtoSpans.read(request), tenant);
  }

  private Outcome map(List<Span> spans, @Nullable String tenant) throws TooManyEventsException {
    if (spans.size() > maxSpans) {
      throw new TooManyEventsException(maxSpans);
    }
    Trace trace = new Trace(spans);
    Mapped mapped = new Mapped();
    int ignored = 0;
    for (int i = 0; i < spans.size(); i++) {
      SpanKind kind = trace.kindOf(spans.get(i));
      boolean isInnerChain = kind == SpanKind.CHAIN && !trace.isOutermost(spans.get(i));
      if (kind == SpanKind.OTHER || isInnerChain) {
        ignored++;
      } else {
        add(mapped, i, spans.get(i), trace, tenant);
      }
    }
    return new Outcome(mapped, ignored);
  }

  private static void add(
      Mapped mapped, int index, Span span, Trace trace, @Nullable String tenant) {
    try {
      new SpanMapping(span, trace, tenant)
          .events()
          .forEach(event -> mapped.add(event.candidate(index)));
    } catch (UnmappableException e) {
      mapped.reject(index, e);
    }
  }
}
