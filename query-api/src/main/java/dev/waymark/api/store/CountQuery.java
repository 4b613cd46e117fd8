package dev.waymark.api.store;

/**
 * Counts of runs and violations within a filter's range, which the windows of the metrics do not
 * hold.
 */
final class CountQuery {
  private CountQuery() {}

  /** One row: {@code count}. The filter has no action. */
  static Sql runs(Session session, MetricFilter filter) {
    return addRuns(new Sql().add("SELECT count(*) AS count"), session, filter);
  }

  /** One row: {@code count}. The filter has neither model nor action. */
  static Sql violations(Session session, MetricFilter filter) {
    return addViolations(new Sql().add("SELECT " + VIOLATIONS_COUNTED), session, filter);
  }

  /** A summary stands for the violations it counts. */
  static final String VIOLATIONS_COUNTED =
      "coalesce(sum(greatest(suppressed, 1)), 0)::bigint AS count";

  /** Adds {@code FROM} the runs that began in the range. */
  static Sql addRuns(Sql sql, Session session, MetricFilter filter) {
    sql.add("FROM runs WHERE tenant = ANY (?)", session.tenants())
        .addIf(filter.agent(), "AND agent_id = ?")
        .addIf(filter.range().from(), "AND started_at >= ?")
        .addIf(filter.range().to(), "AND started_at < ?");
    if (filter.model() != null) {
      sql.add(
          "AND CASE WHEN ? = '' THEN models = '{}' ELSE ? = ANY (models) END",
          filter.model(),
          filter.model());
    }
    return sql;
  }

  /** Adds {@code FROM} the violations that became certain in the range. */
  static Sql addViolations(Sql sql, Session session, MetricFilter filter) {
    return sql.add("FROM violations WHERE tenant = ANY (?)", session.tenants())
        .addIf(filter.agent(), "AND agent_id = ?")
        .addIf(filter.range().from(), "AND t >= ?")
        .addIf(filter.range().to(), "AND t < ?");
  }
}
