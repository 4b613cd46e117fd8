package dev.waymark.api.store;

import dev.waymark.api.security.TenantScope;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Outcomes of the rules, by rule, newest version first. */
@Singleton
public final class ConformanceStore {
  private final Database database;

  ConformanceStore(Database database) {
    this.database = database;
  }

  /**
   * Outcomes of the scope's cases by rule id, the highest version number first. A version that is
   * in force is listed even if it has met no case yet.
   *
   * @param rule restricts to one rule's id; null does not
   */
  public PageView<ConformanceView> list(
      TenantScope scope, @Nullable String rule, PageRequest page) {
    return database.read(
        scope,
        session ->
            session.page(
                listSql(scope, session, rule, page),
                page,
                ConformanceStore::outcome,
                ConformanceStore::cursorAt));
  }

  private static Sql listSql(
      TenantScope scope, Session session, @Nullable String rule, PageRequest page) {
    Sql sql =
        new Sql()
            .add(
                """
                SELECT * FROM (
                  SELECT rule_id, rule_version, r.number, coalesce(r.number, 0) AS position, r.state, r.kind, r.severity, r.definition,
                    coalesce(o.cases, 0) AS cases, coalesce(o.activations, 0) AS activations,
                    coalesce(o.held, 0) AS held, coalesce(o.vacuous, 0) AS vacuous, coalesce(o.broken, 0) AS broken,
                    coalesce(o.open, 0) AS open, coalesce(o.violations, 0) AS violations
                  FROM rules r FULL JOIN (
                    SELECT rule_id, rule_version, sum(cases)::bigint AS cases, sum(activations)::bigint AS activations,
                      sum(held)::bigint AS held, sum(vacuous)::bigint AS vacuous, sum(broken)::bigint AS broken,
                      sum(open)::bigint AS open, sum(violations)::bigint AS violations
                    FROM rule_outcomes WHERE tenant = ANY (?) GROUP BY rule_id, rule_version) o
                  USING (rule_id, rule_version)
                  WHERE o.cases IS NOT NULL OR r.state IN ('active', 'shadow')) c
                WHERE true
                """,
                session.tenants())
            .addIf(scope.tenant().orElse(null), RuleStore.ABOUT_TENANT)
            .addIf(rule, "AND rule_id = ?");
    page.after()
        .ifPresent(
            after ->
                sql.add(
                    "AND (rule_id, -position, rule_version) > (?, -?, ?)",
                    after.key(0),
                    after.key(1),
                    after.key(2)));
    return sql.add("ORDER BY rule_id, position DESC, rule_version LIMIT ?", page.fetch());
  }

  private static ConformanceView outcome(Row row) throws SQLException {
    long judged = row.number("held") + row.number("vacuous") + row.number("broken");
    Long number = row.optionalNumber("number");
    return new ConformanceView(
        row.text("rule_id"),
        row.text("rule_version"),
        number == null ? null : number.intValue(),
        row.optionalText("state"),
        row.optionalText("kind"),
        row.optionalText("severity"),
        row.number("cases"),
        row.number("activations"),
        row.number("held"),
        row.number("vacuous"),
        row.number("broken"),
        row.number("open"),
        judged,
        row.number("violations"),
        judged == 0 ? null : (double) row.number("broken") / judged);
  }

  private static Cursor cursorAt(ConformanceView outcome) {
    long position = outcome.number() == null ? 0 : outcome.number();
    return Cursor.of(Cursor.Kind.CONFORMANCE, outcome.ruleId(), position, outcome.ruleVersion());
  }
}
