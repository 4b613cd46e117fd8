package dev.waymark.api.store;

import dev.waymark.api.security.TenantScope;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Backtests, and what their jobs found. */
@Singleton
public final class BacktestStore {
  private final Database database;

  BacktestStore(Database database) {
    this.database = database;
  }

  public Optional<BacktestView> find(TenantScope scope, String id) {
    return database.read(
        session ->
            session
                .list(
                    new Sql()
                        .add("SELECT * FROM trail_jobs WHERE kind = 'backtest' AND job_id = ?", id)
                        .addIf(scope.tenant().orElse(null), "AND tenant = ?"),
                    BacktestStore::backtest)
                .stream()
                .findFirst());
  }

  /** The latest first, without their results. */
  public PageView<BacktestView> list(TenantScope scope, PageRequest page) {
    Sql sql =
        new Sql()
            .add("SELECT job_id, state, tenant, agent, from_t, to_t, events_read, events_total,")
            .add("NULL AS result, error, created_at, started_at, finished_at FROM trail_jobs")
            .add("WHERE kind = 'backtest'")
            .addIf(scope.tenant().orElse(null), "AND tenant = ?");
    page.after()
        .ifPresent(
            after ->
                sql.add(
                    "AND created_at <= ? AND (created_at < ? OR job_id > ?)",
                    after.key(0),
                    after.key(0),
                    after.key(1)));
    sql.add("ORDER BY created_at DESC, job_id LIMIT ?", page.fetch());
    return database.read(
        session ->
            session.page(
                sql,
                page,
                BacktestStore::backtest,
                one -> Cursor.of(Cursor.Kind.BACKTESTS, one.createdAt(), one.backtestId())));
  }

  /**
   * What one listed that was found in the scope, the earliest first.
   *
   * @param rule only of this rule; null: of all
   * @param foundBy draft, live or both; null: all
   */
  public PageView<BacktestViolationView> violations(
      TenantScope scope,
      String id,
      @Nullable String rule,
      @Nullable String foundBy,
      PageRequest page) {
    Sql sql =
        new Sql()
            .add("SELECT t, violation_id, found_by, violation FROM backtest_violations")
            .add("JOIN trail_jobs USING (job_id) WHERE job_id = ?", id)
            .addIf(scope.tenant().orElse(null), "AND tenant = ?")
            .addIf(rule, "AND rule_id = ?")
            .addIf(foundBy, "AND found_by = ?");
    page.after()
        .ifPresent(after -> sql.add("AND (t, violation_id) > (?, ?)", after.key(0), after.key(1)));
    sql.add("ORDER BY t, violation_id LIMIT ?", page.fetch());
    return database.read(
        session -> {
          PageView<Listed> listed = session.page(sql, page, BacktestStore::listed, Listed::cursor);
          return new PageView<>(
              listed.items().stream().map(Listed::view).toList(), listed.nextCursor());
        });
  }

  private record Listed(Instant t, String violationId, BacktestViolationView view) {
    Cursor cursor() {
      return Cursor.of(Cursor.Kind.BACKTEST_VIOLATIONS, t, violationId);
    }
  }

  private static Listed listed(Row row) throws SQLException {
    return new Listed(
        row.instant("t"),
        row.text("violation_id"),
        new BacktestViolationView(row.text("found_by"), row.json("violation")));
  }

  private static BacktestView backtest(Row row) throws SQLException {
    return new BacktestView(
        row.text("job_id"),
        row.text("state"),
        row.optionalText("tenant"),
        row.optionalText("agent"),
        row.optionalInstant("from_t"),
        row.optionalInstant("to_t"),
        new BacktestView.ProgressView(
            row.number("events_read"), row.optionalNumber("events_total")),
        row.optionalJson("result"),
        row.optionalText("error"),
        row.instant("created_at"),
        row.optionalInstant("started_at"),
        row.optionalInstant("finished_at"));
  }
}
