package dev.waymark.jobs.validation;

import dev.waymark.jobs.ports.DeadLetter;
import dev.waymark.jobs.store.Columns;
import dev.waymark.jobs.store.RowTable;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.event.DeadLetterReason;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.schemas.violation.ViolationCodec;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Table {@code violations}. A violation never changes; a summary grows. */
final class ViolationTable implements RowTable<Violation> {
  @Override
  public String upsertSql() {
    return """
        INSERT INTO violations
          (violation_id, tenant, t, rule_id, rule_version, kind, template, severity, case_key, case_id, run_id,
           agent_id, message, evidence, facts, tags, description, remedy, late, suppressed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?)
        ON CONFLICT (violation_id) DO UPDATE SET
          message = excluded.message,
          facts = excluded.facts,
          suppressed = excluded.suppressed
        WHERE excluded.suppressed > violations.suppressed""";
  }

  @Override
  public Object key(Violation violation) {
    return violation.violationId();
  }

  @Override
  public void accept(PreparedStatement statement, Violation violation) throws SQLException {
    new Columns(statement)
        .text(violation.violationId())
        .text(violation.tenant())
        .micros(violation.timeMicros())
        .text(violation.ruleId())
        .text(violation.ruleVersion())
        .text(violation.kind())
        .text(violation.template())
        .text(violation.severity())
        .text(violation.caseKey())
        .text(violation.caseId())
        .text(violation.runId())
        .text(violation.agentId())
        .text(violation.message())
        .text(ViolationCodec.encodeEvidence(violation.evidence()))
        .text(ViolationCodec.encodeFacts(violation.facts()))
        .texts(violation.tags().toArray(String[]::new))
        .text(violation.description())
        .text(violation.remedy())
        .flag(violation.late())
        .number(violation.suppressed());
  }

  /** A violation lies at no offset; its id stands for one, below zero. */
  @Override
  public DeadLetter refused(Violation violation, SQLException refusal) {
    return new DeadLetter(
        ValidationTopology.JOB,
        DeadLetterReason.REFUSED_BY_STORE.code(),
        "violations: SQLState " + refusal.getSQLState(),
        Topics.VIOLATIONS,
        -1,
        -1 - Long.parseUnsignedLong(violation.violationId().substring(0, 15), 16),
        Math.floorDiv(violation.timeMicros(), 1_000),
        ViolationCodec.encode(violation).getBytes(StandardCharsets.UTF_8));
  }
}
