package dev.waymark.api.store;

import dev.waymark.api.security.TenantScope;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Totals of models from the windows of the metrics, and the last events beside them. */
@Singleton
public final class DashboardStore {
  /** The action of events that report predictions. */
  private static final String PREDICTION = "predict";

  private final Database database;

  DashboardStore(Database database) {
    this.database = database;
  }

  /** Which models are asked for. */
  public enum Subject {
    ALL,
    PREDICTIONS,
    LANGUAGE_MODELS
  }

  /**
   * Totals over a range, and its last events.
   *
   * @param recent how many events at most
   */
  public DashboardView view(TenantScope scope, Subject subject, TimeRange range, int recent) {
    return database.read(scope, session -> view(session, subject, range, recent));
  }

  private record Totals(long predictions, long calls, long models, double costUsd) {
    static final Totals NONE = new Totals(0, 0, 0, 0);

    static Totals of(Row row) throws SQLException {
      return new Totals(
          row.number("predictions"),
          row.number("calls"),
          row.number("models"),
          row.real("cost_usd"));
    }
  }

  private static DashboardView view(Session session, Subject subject, TimeRange asked, int recent)
      throws SQLException {
    TimeRange range = Extent.of(session).measurable(asked);
    Totals totals =
        range.from() == null || range.to() == null
            ? Totals.NONE
            : session.single(totals(session, subject, range), Totals::of);
    boolean isWorthALook =
        switch (subject) {
          case ALL -> true;
          case PREDICTIONS -> totals.predictions() > 0;
          case LANGUAGE_MODELS -> totals.calls() > 0;
        };
    return new DashboardView(
        range.from(),
        range.to(),
        subject == Subject.LANGUAGE_MODELS ? null : totals.predictions(),
        subject == Subject.PREDICTIONS ? null : totals.calls(),
        totals.models(),
        totals.costUsd(),
        isWorthALook
            ? session.list(recent(session, subject, asked, recent), DashboardStore::event)
            : List.of());
  }

  private static Sql totals(Session session, Subject subject, TimeRange range) {
    MetricFilter filter =
        new MetricFilter(
            null, null, subject == Subject.PREDICTIONS ? PREDICTION : null, TimeRange.ALL);
    MetricQuery windows =
        new MetricQuery(session, filter, Segment.cover(bound(range.from()), bound(range.to())));
    Sql sql =
        new Sql()
            .add(
                """
                SELECT coalesce(sum(action_responses) FILTER (WHERE action = ?), 0)::bigint AS predictions,
                  coalesce(sum(model_calls), 0)::bigint AS calls,
                  coalesce(sum(cost_usd), 0) AS cost_usd,
                """,
                PREDICTION);
    sql.add(
        subject == Subject.LANGUAGE_MODELS
            ? "count(DISTINCT model) FILTER (WHERE model <> '' AND model_calls > 0) AS models"
            : "count(DISTINCT model) FILTER (WHERE model <> '') AS models");
    return windows.addWindows(sql);
  }

  private static <T> T bound(@Nullable T end) {
    if (end == null) {
      throw new IllegalStateException("the range has been bounded");
    }
    return end;
  }

  /**
   * One tenant is named outright, so that the planner knows how rare it is and takes the tenant's
   * own index; of all tenants the last events are the last ones there are.
   */
  private static Sql recent(Session session, Subject subject, TimeRange range, int limit) {
    List<String> tenants = session.tenants();
    boolean isOneScan = tenants.size() == 1 || subject == Subject.ALL;
    Sql sql = new Sql().add("SELECT e.*");
    if (isOneScan) {
      sql.add("FROM (");
    } else {
      sql.add(Session.EACH_TENANT, tenants);
    }
    sql.add(
        """
        SELECT tenant, run_id, agent_id, seq, t, identity, type, action, status, model, input_tokens,
          output_tokens, cost_usd, coalesce(latency_ms, gen_latency_ms) AS latency_ms
        FROM events
        """);
    if (tenants.size() == 1) {
      sql.add("WHERE events.tenant = ?", tenants.get(0));
    } else if (isOneScan) {
      sql.add("WHERE events.tenant = ANY (?)", tenants);
    } else {
      sql.add("WHERE events.tenant = scope.tenant");
    }
    switch (subject) {
      case ALL -> {}
      case PREDICTIONS -> sql.add("AND action = 'predict'");
      case LANGUAGE_MODELS -> sql.add("AND cost_source IS NOT NULL");
    }
    return sql.addIf(range.from(), "AND t >= ?")
        .addIf(range.to(), "AND t < ?")
        .add("ORDER BY t DESC LIMIT ?) e", limit)
        .add("ORDER BY e.t DESC, e.tenant, e.run_id, e.seq DESC, e.identity LIMIT ?", limit);
  }

  private static DashboardView.RecentEventView event(Row row) throws SQLException {
    return new DashboardView.RecentEventView(
        row.text("tenant"),
        row.text("run_id"),
        row.text("agent_id"),
        row.number("seq"),
        row.instant("t"),
        row.text("type"),
        row.optionalText("action"),
        row.optionalText("status"),
        row.optionalText("model"),
        row.optionalNumber("input_tokens"),
        row.optionalNumber("output_tokens"),
        row.optionalReal("cost_usd"),
        row.optionalReal("latency_ms"));
  }
}
