package dev.waymark.jobs.validation;

import dev.waymark.jobs.ports.DeadLetter;
import dev.waymark.jobs.store.Columns;
import dev.waymark.jobs.store.RowTable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Table {@code rule_outcomes}. */
final class OutcomeTable implements RowTable<OutcomeRow> {
  @Override
  public String upsertSql() {
    return """
        INSERT INTO rule_outcomes
          (tenant, rule_id, rule_version, cases, activations, held, vacuous, broken, open, violations, revision)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (tenant, rule_id, rule_version) DO UPDATE SET
          cases = excluded.cases,
          activations = excluded.activations,
          held = excluded.held,
          vacuous = excluded.vacuous,
          broken = excluded.broken,
          open = excluded.open,
          violations = excluded.violations,
          revision = excluded.revision
        WHERE excluded.revision >= rule_outcomes.revision""";
  }

  @Override
  public Object key(OutcomeRow row) {
    return List.of(row.tenant(), row.ruleId(), row.ruleVersion());
  }

  @Override
  public void accept(PreparedStatement statement, OutcomeRow row) throws SQLException {
    new Columns(statement)
        .text(row.tenant())
        .text(row.ruleId())
        .text(row.ruleVersion())
        .number(row.cases())
        .number(row.activations())
        .number(row.held())
        .number(row.vacuous())
        .number(row.broken())
        .number(row.open())
        .number(row.violations())
        .number(row.revision());
  }

  /** Names and numbers of ours: a refusal is a bug of ours. */
  @Override
  public DeadLetter refused(OutcomeRow row, SQLException refusal) {
    throw new IllegalStateException("the database refuses an outcome: " + row, refusal);
  }
}
