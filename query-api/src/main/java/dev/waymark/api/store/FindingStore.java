package dev.waymark.api.store;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.schemas.violation.ViolationCodec;
import jakarta.inject.Singleton;
import java.util.List;

/** What the checks at the doors found. Storing the same again changes nothing. */
@Singleton
public final class FindingStore {
  private final Database database;

  FindingStore(Database database) {
    this.database = database;
  }

  /** Stores all of it or nothing; throws {@link StoreUnavailableException}. */
  public void record(List<Violation> violations, List<RefusedEvent> refused) {
    database.write(
        session -> {
          for (Violation violation : violations) {
            session.update(insert(violation));
          }
          for (RefusedEvent event : refused) {
            session.update(insert(event));
          }
          return violations.size() + refused.size();
        });
  }

  private static Sql insert(Violation violation) {
    return new Sql()
        .add("INSERT INTO violations")
        .add("(violation_id, tenant, t, rule_id, rule_version, kind, template, severity, case_key,")
        .add(
            "case_id, run_id, agent_id, message, evidence, facts, tags, description, remedy, late)")
        .add(
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,",
            violation.violationId(),
            violation.tenant(),
            Times.instant(violation.timeMicros()),
            violation.ruleId(),
            violation.ruleVersion(),
            violation.kind(),
            violation.template(),
            violation.severity(),
            violation.caseKey())
        .add(
            "?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?)",
            violation.caseId(),
            violation.runId(),
            violation.agentId(),
            violation.message(),
            ViolationCodec.encodeEvidence(violation.evidence()),
            ViolationCodec.encodeFacts(violation.facts()),
            violation.tags(),
            violation.description(),
            violation.remedy(),
            violation.late())
        .add("ON CONFLICT DO NOTHING");
  }

  private static Sql insert(RefusedEvent refused) {
    Event event = refused.event();
    return new Sql()
        .add("INSERT INTO refused_events")
        .add("(tenant, run_id, identity, seq, t, agent_id, body, content_sha256, violations,")
        .add("refused_at)")
        .add(
            "VALUES (?, ?, ?, ?, ?, ?, ?, sha256(convert_to(?, 'UTF8')), ?, ?)",
            event.tenant(),
            event.runId(),
            event.identity(),
            event.seq(),
            Times.instant(event.timeMicros()),
            event.agentId(),
            refused.body(),
            refused.body(),
            refused.violations(),
            refused.refusedAt())
        .add("ON CONFLICT DO NOTHING");
  }
}
