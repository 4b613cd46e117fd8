package dev.waymark.api.store;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.security.TenantScope;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The directly-follows graph of stored runs: one statement over the trail, bounded by the events of
 * the runs that it reads.
 */
@Singleton
public final class ProcessMapStore {
  private static final String ID =
      "type || ':' || name || CASE WHEN failed THEN ':failed' ELSE '' END";

  private final Database database;
  private final int maxEvents;

  ProcessMapStore(Database database, ApiConfig config) {
    this.database = database;
    this.maxEvents = config.http().maxProcessMapEvents();
  }

  /**
   * The graph of the latest runs that pass the filter.
   *
   * @param withResponses whether successful responses are activities of their own; failed ones
   *     always are
   */
  public ProcessMapView map(TenantScope scope, RunFilter filter, boolean withResponses) {
    return database.read(scope, session -> map(session, filter, withResponses));
  }

  private ProcessMapView map(Session session, RunFilter filter, boolean withResponses)
      throws SQLException {
    List<ProcessMapView.ActivityView> activities = new ArrayList<>();
    List<ProcessMapView.FlowView> flows = new ArrayList<>();
    long[] extent = new long[2];
    session.each(
        graphSql(session, filter, withResponses),
        row -> {
          if (row.flag("of_flow")) {
            flows.add(flow(row));
          } else {
            activities.add(activity(row));
          }
          extent[0] = row.number("read_runs");
          extent[1] = row.number("matching_runs");
        });
    long events = activities.stream().mapToLong(ProcessMapView.ActivityView::count).sum();
    return new ProcessMapView(
        extent[0], events, maxEvents, extent[1] > extent[0], activities, flows);
  }

  private Sql graphSql(Session session, RunFilter filter, boolean withResponses) {
    Sql sql =
        new Sql()
            .add(
                """
                WITH matching AS (
                  SELECT r.tenant, r.run_id, sum(r.events) OVER (
                    ORDER BY r.started_at DESC, r.tenant, r.run_id) - r.events AS before
                """)
            .add(Session.EACH_TENANT, session.tenants())
            .add("SELECT * FROM runs WHERE runs.tenant = scope.tenant")
            .addIf(filter.agent(), "AND agent_id = ?")
            .addIf(
                filter.status() == null ? null : filter.status().name().toLowerCase(Locale.ROOT),
                "AND status = ?")
            .addIf(filter.started().from(), "AND started_at >= ?")
            .addIf(filter.started().to(), "AND started_at < ?");
    if (filter.hasViolations() != null) {
      sql.add(
          """
          AND ? = EXISTS (
            SELECT FROM violations v WHERE v.tenant = runs.tenant AND v.run_id = runs.run_id)
          """,
          filter.hasViolations());
    }
    // No run has no events, so one more run than there may be events tells that there are more.
    return sql.add("ORDER BY started_at DESC, run_id LIMIT ?) r),", maxEvents + 1)
        .add("chosen AS (SELECT tenant, run_id FROM matching WHERE before < ?),", maxEvents)
        .add(
            """
            proofs AS (
              SELECT DISTINCT v.tenant, e ->> 'run_id' AS run_id, e ->> 'identity' AS identity
              FROM chosen c JOIN violations v ON v.tenant = c.tenant AND v.run_id = c.run_id
                CROSS JOIN LATERAL jsonb_array_elements(v.evidence) e),
            acts AS (
              SELECT e.tenant, e.run_id, e.t, e.seq, e.identity, e.type, coalesce(e.action, e.type) AS name,
                e.type = 'action_response' AND coalesce(e.status IN ('error', 'failure', 'failed'), false) AS failed,
                p.identity IS NOT NULL AS proves
              FROM chosen c JOIN events e ON e.tenant = c.tenant AND e.run_id = c.run_id
                LEFT JOIN proofs p ON p.tenant = e.tenant AND p.run_id = e.run_id AND p.identity = e.identity),
            steps AS (
              SELECT tenant, run_id, type, name, failed, proves,
            """)
        .add(ID + " AS id, lag(" + ID + ") OVER w AS source,")
        .add(
            """
                lead(identity) OVER w IS NULL AS is_last,
                extract(epoch FROM t - lag(t) OVER w) * 1000 AS gap_ms
              FROM acts WHERE type <> 'action_response' OR failed OR ?
              WINDOW w AS (PARTITION BY tenant, run_id ORDER BY t, seq, identity))
            SELECT GROUPING(source) = 0 AS of_flow, source, id, min(type) AS type, min(name) AS name,
              bool_or(failed) AS failed, count(*) AS count, count(DISTINCT (tenant, run_id)) AS runs,
              count(*) FILTER (WHERE source IS NULL) AS starts, count(*) FILTER (WHERE is_last) AS ends,
              count(*) FILTER (WHERE proves) AS proving,
              percentile_cont(0.5) WITHIN GROUP (ORDER BY gap_ms) AS median_gap_ms,
              (SELECT count(*) FROM chosen) AS read_runs, (SELECT count(*) FROM matching) AS matching_runs
            FROM steps GROUP BY GROUPING SETS ((id), (source, id))
            HAVING GROUPING(source) = 1 OR source IS NOT NULL
            ORDER BY count DESC, id, source
            """,
            withResponses);
  }

  private static ProcessMapView.ActivityView activity(Row row) throws SQLException {
    return new ProcessMapView.ActivityView(
        row.text("id"),
        row.text("type"),
        row.text("name"),
        row.flag("failed"),
        row.number("count"),
        row.number("runs"),
        row.number("starts"),
        row.number("ends"),
        row.number("proving"));
  }

  private static ProcessMapView.FlowView flow(Row row) throws SQLException {
    return new ProcessMapView.FlowView(
        row.text("source"),
        row.text("id"),
        row.number("count"),
        row.number("runs"),
        row.optionalReal("median_gap_ms"),
        row.number("proving"));
  }
}
