package dev.waymark.checks;

import dev.waymark.checks.tenant.Tenant;
import dev.waymark.checks.text.Detector;
import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A check whose finds are redacted: one finding a text and kind, which says how many.
 *
 * @param detector what finds them, by tenant
 */
record RedactingCheck(CheckName name, Function<Tenant, Detector> detector) implements Check {
  @Override
  public void check(EventContent content, Tenant tenant, Report report) {
    Detector detects = detector.apply(tenant);
    List<Span> spans = new ArrayList<>(0);
    Consumer<Span> collect = spans::add;
    for (Passage passage : content.passages()) {
      detects.find(passage, collect);
      if (!spans.isEmpty()) {
        report(spans, passage, tenant, report);
        spans.clear();
      }
    }
  }

  private void report(List<Span> spans, Passage passage, Tenant tenant, Report report) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Span span : spans) {
      counts.merge(span.kind(), 1, Integer::sum);
      report.redact(passage, span);
    }
    counts.forEach((kind, count) -> report(kind, count, passage, tenant, report));
  }

  private void report(String kind, int count, Passage passage, Tenant tenant, Report report) {
    String done = tenant.redacts() ? ", redacted" : "";
    report.add(name, kind, passage.path(), kind.replace('_', ' ') + ", " + count + done);
  }
}
