package dev.waymark.jobs.validation;

import dev.waymark.jobs.engine.RuleStatus;
import dev.waymark.jobs.ports.DeadLetter;
import dev.waymark.jobs.store.Columns;
import dev.waymark.jobs.store.RowTable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Table {@code rules}. */
final class RuleTable implements RowTable<RuleStatus> {
  @Override
  public String upsertSql() {
    return """
        INSERT INTO rules
          (rule_id, rule_version, number, state, kind, template, severity, definition, effective_at, problems, revision)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
        ON CONFLICT (rule_id, rule_version) DO UPDATE SET
          number = excluded.number,
          state = excluded.state,
          effective_at = excluded.effective_at,
          problems = excluded.problems,
          revision = excluded.revision
        WHERE excluded.revision >= rules.revision""";
  }

  @Override
  public Object key(RuleStatus status) {
    return List.of(status.ruleId(), status.ruleVersion());
  }

  @Override
  public void accept(PreparedStatement statement, RuleStatus status) throws SQLException {
    new Columns(statement)
        .text(status.ruleId())
        .text(status.ruleVersion())
        .number(status.number())
        .text(status.state())
        .text(status.kind())
        .text(status.template())
        .text(status.severity())
        .text(status.definition())
        .micros(status.effectiveAtMicros())
        .texts(status.problems().toArray(String[]::new))
        .number(status.revision());
  }

  /** What a rule says was checked when it was read: a refusal is a bug of ours. */
  @Override
  public DeadLetter refused(RuleStatus status, SQLException refusal) {
    throw new IllegalStateException("the database refuses rule " + status.ruleId(), refusal);
  }
}
