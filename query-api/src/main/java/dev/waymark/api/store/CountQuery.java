package dev.waymark.api.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counts of runs and violations within a filter's range, which the windows of the metrics do not
 * hold. Whole days come from the counts by day, edges and finer widths from the rows themselves.
 */
final class CountQuery {
  private CountQuery() {}

  /** One row: {@code count}. The filter has no action. */
  static Sql runs(Session session, MetricFilter filter) {
    Sql sql = new Sql().add("SELECT coalesce(sum(n), 0)::bigint AS count");
    return addRuns(sql, session, filter, Granularity.DAY);
  }

  /** One row: {@code count}. The filter has neither model nor action. */
  static Sql violations(Session session, MetricFilter filter) {
    Sql sql = new Sql().add("SELECT coalesce(sum(n), 0)::bigint AS count");
    return addViolations(sql, session, filter, Granularity.DAY);
  }

  /**
   * Adds {@code FROM} the runs that began in the range, as {@code tenant}, {@code agent_id}, {@code
   * at} and {@code n}, how many. Rows may cancel each other out.
   *
   * @param width of what the caller tells apart by {@code at}
   */
  static Sql addRuns(Sql sql, Session session, MetricFilter filter, Granularity width) {
    // A run has many models, and the counts by day know none.
    boolean byDay = width == Granularity.DAY && filter.model() == null;
    return addCounts(sql, session, filter, byDay, new Runs());
  }

  /**
   * The same of violations that became certain in the range; a summary counts as those it stands
   * for.
   */
  static Sql addViolations(Sql sql, Session session, MetricFilter filter, Granularity width) {
    return addCounts(sql, session, filter, width == Granularity.DAY, new Violations());
  }

  /** Where something is counted. */
  private interface Source {
    Sql addDays(Sql sql);

    Sql addChangedDays(Sql sql);

    void addRows(Sql sql, Session session, MetricFilter filter, TimeRange range);
  }

  private static Sql addCounts(
      Sql sql, Session session, MetricFilter filter, boolean byDay, Source source) {
    Instant from = filter.range().from();
    Instant to = filter.range().to();
    Instant firstDay = from == null ? null : Granularity.DAY.ceil(from);
    Instant endOfDays = to == null ? null : Granularity.DAY.floor(to);
    boolean hasDays = firstDay == null || endOfDays == null || firstDay.isBefore(endOfDays);
    sql.add("FROM (");
    if (byDay && hasDays) {
      addDays(source.addDays(sql), session, filter, firstDay, endOfDays);
      addDays(source.addChangedDays(sql.add("UNION ALL")), session, filter, firstDay, endOfDays);
      if (from != null && !from.equals(firstDay)) {
        source.addRows(sql.add("UNION ALL"), session, filter, new TimeRange(from, firstDay));
      }
      if (to != null && !to.equals(endOfDays)) {
        source.addRows(sql.add("UNION ALL"), session, filter, new TimeRange(endOfDays, to));
      }
    } else {
      source.addRows(sql, session, filter, filter.range());
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

  private static final class Runs implements Source {
    @Override
    public Sql addDays(Sql sql) {
      return sql.add("SELECT tenant, agent_id, day AS at, runs AS n FROM daily_counts");
    }

    @Override
    public Sql addChangedDays(Sql sql) {
      return sql.add("SELECT tenant, agent_id, day AS at, runs AS n FROM daily_count_changes");
    }

    @Override
    public void addRows(Sql sql, Session session, MetricFilter filter, TimeRange range) {
      sql.add("SELECT tenant, agent_id, started_at AS at, 1 AS n FROM runs")
          .add("WHERE tenant = ANY (?)", session.tenants())
          .addIf(filter.agent(), "AND agent_id = ?")
          .addIf(range.from(), "AND started_at >= ?")
          .addIf(range.to(), "AND started_at < ?");
      if (filter.model() != null) {
        sql.add(
            "AND CASE WHEN ? = '' THEN models = '{}' ELSE ? = ANY (models) END",
            filter.model(),
            filter.model());
      }
    }
  }

  private static final class Violations implements Source {
    @Override
    public Sql addDays(Sql sql) {
      return sql.add("SELECT tenant, agent_id, day AS at, violations AS n FROM daily_counts");
    }

    @Override
    public Sql addChangedDays(Sql sql) {
      return sql.add(
          "SELECT tenant, agent_id, day AS at, violations AS n FROM daily_count_changes");
    }

    @Override
    public void addRows(Sql sql, Session session, MetricFilter filter, TimeRange range) {
      sql.add("SELECT tenant, agent_id, t AS at, greatest(suppressed, 1) AS n FROM violations")
          .add("WHERE tenant = ANY (?)", session.tenants())
          .addIf(filter.agent(), "AND agent_id = ?")
          .addIf(range.from(), "AND t >= ?")
          .addIf(range.to(), "AND t < ?");
    }
  }
}
