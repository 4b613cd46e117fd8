package dev.waymark.api.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counts of runs and violations within a filter's range, which the windows of the metrics do not
 * hold. Runs are counted by day as they are written, violations are counted when asked for.
 */
final class CountQuery {
  private CountQuery() {}

  /** One row: {@code count}. The filter has no action. */
  static Sql runs(Session session, MetricFilter filter) {
    Sql sql = new Sql().add("SELECT coalesce(sum(runs), 0)::bigint AS count");
    return addRuns(sql, session, filter, Granularity.DAY);
  }

  /** One row: {@code count}. The filter has neither model nor action. */
  static Sql violations(Session session, MetricFilter filter) {
    return addViolations(new Sql().add("SELECT " + VIOLATIONS_COUNTED), session, filter);
  }

  /** A summary stands for the violations it counts. */
  static final String VIOLATIONS_COUNTED =
      "coalesce(sum(greatest(suppressed, 1)), 0)::bigint AS count";

  /**
   * Adds {@code FROM} the runs that began in the range, as {@code tenant}, {@code agent_id}, {@code
   * at} and {@code runs}, how many. Whole days come from the counts by day, where days are fine
   * enough and no model is asked for; they may have rows that cancel each other out.
   *
   * @param width of what the caller tells apart by {@code at}
   */
  static Sql addRuns(Sql sql, Session session, MetricFilter filter, Granularity width) {
    sql.add("FROM (");
    Instant from = filter.range().from();
    Instant to = filter.range().to();
    Instant firstDay = from == null ? null : Granularity.DAY.ceil(from);
    Instant endOfDays = to == null ? null : Granularity.DAY.floor(to);
    boolean hasDays = firstDay == null || endOfDays == null || firstDay.isBefore(endOfDays);
    if (!hasDays || width != Granularity.DAY || filter.model() != null) {
      addSingleRuns(sql, session, filter, from, to);
    } else {
      sql.add("SELECT tenant, agent_id, day AS at, runs FROM run_counts");
      addDays(sql, session, filter, firstDay, endOfDays);
      sql.add("UNION ALL SELECT tenant, agent_id, day AS at, runs FROM run_count_changes");
      addDays(sql, session, filter, firstDay, endOfDays);
      if (from != null && !from.equals(firstDay)) {
        addSingleRuns(sql.add("UNION ALL"), session, filter, from, firstDay);
      }
      if (to != null && !to.equals(endOfDays)) {
        addSingleRuns(sql.add("UNION ALL"), session, filter, endOfDays, to);
      }
    }
    return sql.add(") counted");
  }

  private static void addDays(
      Sql sql,
      Session session,
      MetricFilter filter,
      @Nullable Instant first,
      @Nullable Instant end) {
    sql.add("WHERE tenant = ANY (?)", session.tenants())
        .addIf(filter.agent(), "AND agent_id = ?")
        .addIf(first, "AND day >= ?")
        .addIf(end, "AND day < ?");
  }

  private static void addSingleRuns(
      Sql sql, Session session, MetricFilter filter, @Nullable Instant from, @Nullable Instant to) {
    sql.add("SELECT tenant, agent_id, started_at AS at, 1 AS runs FROM runs")
        .add("WHERE tenant = ANY (?)", session.tenants())
        .addIf(filter.agent(), "AND agent_id = ?")
        .addIf(from, "AND started_at >= ?")
        .addIf(to, "AND started_at < ?");
    if (filter.model() != null) {
      sql.add(
          "AND CASE WHEN ? = '' THEN models = '{}' ELSE ? = ANY (models) END",
          filter.model(),
          filter.model());
    }
  }

  /** Adds {@code FROM} the violations that became certain in the range. */
  static Sql addViolations(Sql sql, Session session, MetricFilter filter) {
    return sql.add("FROM violations WHERE tenant = ANY (?)", session.tenants())
        .addIf(filter.agent(), "AND agent_id = ?")
        .addIf(filter.range().from(), "AND t >= ?")
        .addIf(filter.range().to(), "AND t < ?");
  }
}
