package dev.waymark.api.store;

import dev.waymark.api.security.TenantScope;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rule versions, by rule, newest first. */
@Singleton
public final class RuleStore {
  /** A rule's glob as a pattern of LIKE, the other characters standing for themselves. */
  static final String ABOUT_TENANT =
      """
      AND ? LIKE replace(replace(replace(replace(coalesce(definition #>> '{scope,tenant}', '*'),
        '!', '!!'), '%', '!%'), '_', '!_'), '*', '%') ESCAPE '!'
      """;

  private final Database database;

  RuleStore(Database database) {
    this.database = database;
  }

  /**
   * Versions by rule id, the highest number first.
   *
   * @param scope a tenant sees no rule that is about other tenants alone
   * @param rule restricts to one rule's id; null does not
   * @param state restricts to one state; null does not
   */
  public PageView<RuleView> list(
      TenantScope scope,
      @Nullable String rule,
      @Nullable String state,
      TimeRange effective,
      PageRequest page) {
    return database.read(
        session ->
            session.page(
                listSql(scope, rule, state, effective, page),
                page,
                RuleStore::rule,
                RuleStore::cursorAt));
  }

  private static Sql listSql(
      TenantScope scope,
      @Nullable String rule,
      @Nullable String state,
      TimeRange effective,
      PageRequest page) {
    Sql sql =
        new Sql()
            .add("SELECT * FROM rules WHERE true")
            .addIf(scope.tenant().orElse(null), ABOUT_TENANT)
            .addIf(rule, "AND rule_id = ?")
            .addIf(state, "AND state = ?")
            .addIf(effective.from(), "AND effective_at >= ?")
            .addIf(effective.to(), "AND effective_at < ?");
    page.after()
        .ifPresent(
            after ->
                sql.add(
                    "AND (rule_id, -number, rule_version) > (?, -?, ?)",
                    after.key(0),
                    after.key(1),
                    after.key(2)));
    return sql.add("ORDER BY rule_id, number DESC, rule_version LIMIT ?", page.fetch());
  }

  private static RuleView rule(Row row) throws SQLException {
    return new RuleView(
        row.text("rule_id"),
        row.text("rule_version"),
        (int) row.number("number"),
        row.text("state"),
        row.text("kind"),
        row.text("template"),
        row.text("severity"),
        row.instant("effective_at"),
        row.texts("problems"),
        row.json("definition"));
  }

  private static Cursor cursorAt(RuleView rule) {
    return Cursor.of(Cursor.Kind.RULES, rule.ruleId(), (long) rule.number(), rule.ruleVersion());
  }
}
