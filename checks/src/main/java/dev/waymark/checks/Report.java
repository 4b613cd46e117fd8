package dev.waymark.checks;

import dev.waymark.checks.tenant.Tenant;
import dev.waymark.checks.text.Passage;
import dev.waymark.checks.text.Redaction;
import dev.waymark.checks.text.Span;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.rule.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers what the checks find in one event. */
final class Report {
  /** Most findings of an event; an event of nothing but e-mail addresses needs no more. */
  private static final int MAX_FINDINGS = 100;

  private final Tenant tenant;
  private final Redaction redaction;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> names = new LinkedHashSet<>(0);
  private boolean isRefused;
  private int left;

  Report(Tenant tenant, Event event) {
    this.tenant = tenant;
    this.redaction = new Redaction(event.raw());
  }

  /** Adds a finding of the severity that the tenant gives the check. */
  void add(CheckName check, String kind, String path, String message) {
    add(check, kind, severityOf(check), path, message);
  }

  void add(CheckName check, String kind, Severity severity, String path, String message) {
    isRefused |=
        check != CheckName.SEQUENCE && !tenant.isShadow() && tenant.refused().contains(severity);
    if (findings.size() < MAX_FINDINGS) {
      findings.add(new Finding(check, kind, severity, path, message));
    } else {
      left++;
    }
  }

  void redact(Passage passage, Span span) {
    if (passage.form() == Passage.Form.NAME) {
      names.add(passage.text());
    }
    if (tenant.redacts()) {
      redaction.add(passage, span);
    }
  }

  Checked toChecked() {
    if (left > 0) {
      Finding last = findings.get(findings.size() - 1);
      findings.add(
          new Finding(
              last.check(),
              "more",
              Severity.INFO,
              "",
              "and " + left + " more findings in this event"));
    }
    return new Checked(
        redaction.apply(), findings.stream().map(this::withoutNames).toList(), isRefused);
  }

  /** A name that holds what is redacted is in the paths of all that lies below it. */
  private Finding withoutNames(Finding found) {
    String path = found.path();
    for (String name : names) {
      path = path.replace(name, "[name]");
    }
    return new Finding(found.check(), found.kind(), found.severity(), path, found.message());
  }

  private Severity severityOf(CheckName check) {
    @Nullable Severity severity = tenant.checks().get(check);
    return severity == null ? check.usual() : severity;
  }
}
