package dev.waymark.checks;

import dev.waymark.checks.tenant.Tenant;
import dev.waymark.checks.text.Detector;
import dev.waymark.checks.text.Passage;
import java.util.LinkedHashMap;
import java.util.Map;
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
    for (Passage passage : content.passages()) {
      Map<String, Integer> counts = new LinkedHashMap<>();
      detects.find(
          passage,
          span -> {
            counts.merge(span.kind(), 1, Integer::sum);
            report.redact(passage, span);
          });
      counts.forEach((kind, count) -> report(kind, count, passage, tenant, report));
    }
  }

  private void report(String kind, int count, Passage passage, Tenant tenant, Report report) {
    String done = tenant.redacts() ? ", redacted" : "";
    report.add(name, kind, safePath(passage), kind.replace('_', ' ') + ", " + count + done);
  }

  /** The path of a name ends in what was found. */
  private static String safePath(Passage passage) {
    String path = passage.path();
    return passage.form() == Passage.Form.NAME
        ? path.substring(0, path.length() - passage.text().length()) + "[name]"
        : path;
  }
}
