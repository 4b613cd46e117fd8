package dev.waymark.api.doors.otel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The spans of one request by how they hold each other. Spans are sent as they end, so those around
 * a span may be in another request: then they are not known here.
 */
final class Trace {
  private static final int MAX_DEPTH = 100;

  private final Map<String, Span> spans = new HashMap<>();
  private final Map<String, SpanKind> kinds = new HashMap<>();
  private final Set<String> aroundPricedCalls = new HashSet<>();

  Trace(List<Span> all) {
    for (Span span : all) {
      spans.put(key(span.traceId(), span.spanId()), span);
      kinds.put(key(span.traceId(), span.spanId()), SpanKind.of(span));
    }
    for (Span span : all) {
      if (kindOf(span) == SpanKind.MODEL
          && !Usage.of(new Attributes(span.attributes())).isEmpty()) {
        around(span).forEach(outer -> aroundPricedCalls.add(key(outer.traceId(), outer.spanId())));
      }
    }
  }

  SpanKind kindOf(Span span) {
    return kinds.getOrDefault(key(span.traceId(), span.spanId()), SpanKind.OTHER);
  }

  /**
   * Whether another span within this one tells of the same call of a model, as where a framework
   * and a provider's library are both instrumented: the inner one counts.
   */
  boolean isAroundPricedCall(Span span) {
    return aroundPricedCalls.contains(key(span.traceId(), span.spanId()));
  }

  /** Whether no span of an agent or a chain is known around this one. */
  boolean isOutermost(Span span) {
    return around(span).stream().noneMatch(outer -> isRun(kindOf(outer)));
  }

  /** The agent that a span belongs to: itself, the nearest around it, else the outermost chain. */
  Optional<Span> agentOf(Span span) {
    List<Span> all = new ArrayList<>(around(span));
    all.add(0, span);
    Optional<Span> agent = all.stream().filter(each -> kindOf(each) == SpanKind.AGENT).findFirst();
    Collections.reverse(all);
    return agent.or(() -> all.stream().filter(each -> kindOf(each) == SpanKind.CHAIN).findFirst());
  }

  static boolean isRun(SpanKind kind) {
    return kind == SpanKind.AGENT || kind == SpanKind.CHAIN;
  }

  /** From the inside out; a circle of parents ends somewhere. */
  private List<Span> around(Span span) {
    List<Span> outer = new ArrayList<>();
    Span at = spans.get(key(span.traceId(), span.parentId()));
    while (at != null && outer.size() < MAX_DEPTH) {
      outer.add(at);
      at = spans.get(key(at.traceId(), at.parentId()));
    }
    return outer;
  }

  private static String key(String traceId, String spanId) {
    return traceId + '/' + spanId;
  }
}
