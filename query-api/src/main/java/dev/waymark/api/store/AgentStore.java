package dev.waymark.api.store;

import dev.waymark.api.security.TenantScope;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Agents by tenant and name, with figures put together from runs, violations and the windows of the
 * metrics. No event is read, so a page costs by agents, runs and windows.
 */
@Singleton
public final class AgentStore {
  /** An agent's runs that are looked at for its last event, beside those that still run. */
  private static final int LATEST_RUNS = 100;

  private final Database database;

  AgentStore(Database database) {
    this.database = database;
  }

  /**
   * Agents by tenant, then by name; those without an event in the range too.
   *
   * @param range of the figures
   * @param silentBefore who has not been seen since is silent
   */
  public PageView<AgentView> list(
      TenantScope scope, TimeRange range, Instant silentBefore, PageRequest page) {
    return database.read(scope, session -> list(session, range, silentBefore, page));
  }

  private record Key(String tenant, String agent) {
    static Key of(Row row) throws SQLException {
      return new Key(row.text("tenant"), row.text("agent_id"));
    }

    Cursor cursor() {
      return Cursor.of(Cursor.Kind.AGENTS, tenant, agent);
    }
  }

  private static PageView<AgentView> list(
      Session session, TimeRange asked, Instant silentBefore, PageRequest page)
      throws SQLException {
    PageView<Key> keys = session.page(names(session, page), page, Key::of, Key::cursor);
    Agents agents = new Agents(keys.items());
    List<String> tenants = keys.items().stream().map(Key::tenant).toList();
    List<String> names = keys.items().stream().map(Key::agent).toList();
    session.each(lastSeen(tenants, names), row -> agents.at(row).takeLastSeen(row));
    session.each(runs(session, tenants, names, asked), row -> agents.at(row).takeRuns(row));
    session.each(running(tenants, names, asked), row -> agents.at(row).takeRunning(row));
    session.each(
        violations(session, tenants, names, asked), row -> agents.at(row).takeViolations(row));
    session.each(brokenRuns(tenants, names, asked), row -> agents.at(row).takeBrokenRuns(row));
    TimeRange range = Extent.of(session).measurable(asked);
    if (range.from() != null && range.to() != null) {
      for (Segment segment : Segment.cover(range.from(), range.to())) {
        session.each(windows(tenants, names, segment), row -> agents.at(row).takeWindow(row));
      }
    }
    return new PageView<>(agents.views(silentBefore), keys.nextCursor());
  }

  /** The agents of a page, in its order. */
  private static final class Agents {
    private final Map<Key, AgentFigures> figures = new LinkedHashMap<>();

    Agents(List<Key> keys) {
      keys.forEach(key -> figures.put(key, new AgentFigures(key.tenant(), key.agent())));
    }

    AgentFigures at(Row row) throws SQLException {
      Key key = Key.of(row);
      return figures.computeIfAbsent(key, absent -> new AgentFigures(key.tenant(), key.agent()));
    }

    List<AgentView> views(Instant silentBefore) {
      return figures.values().stream().map(agent -> agent.view(silentBefore)).toList();
    }
  }

  /** One step in an index a name, however many runs and windows there are. */
  private static Sql names(Session session, PageRequest page) {
    Sql sql =
        new Sql()
            .add("SELECT scope.tenant, a.agent_id")
            .add(Session.EACH_TENANT, session.tenants());
    sql.add("WITH RECURSIVE names(agent_id) AS (SELECT least(");
    if (page.after().isPresent()) {
      Cursor after = page.after().get();
      // Of the cursor's tenant the agents behind it, of later tenants all, of earlier ones none.
      sql.add(
          """
          (SELECT min(agent_id) FROM runs WHERE tenant = scope.tenant AND agent_id >
            CASE WHEN scope.tenant > ? THEN '' WHEN scope.tenant = ? THEN ? END),
          (SELECT min(agent_id) FROM metrics_1d WHERE tenant = scope.tenant AND agent_id >
            CASE WHEN scope.tenant > ? THEN '' WHEN scope.tenant = ? THEN ? END))
          """,
          after.key(0),
          after.key(0),
          after.key(1),
          after.key(0),
          after.key(0),
          after.key(1));
    } else {
      sql.add(
          """
          (SELECT min(agent_id) FROM runs WHERE tenant = scope.tenant),
          (SELECT min(agent_id) FROM metrics_1d WHERE tenant = scope.tenant))
          """);
    }
    return sql.add(
        """
        UNION ALL
        SELECT least(
          (SELECT min(agent_id) FROM runs WHERE tenant = scope.tenant AND agent_id > names.agent_id),
          (SELECT min(agent_id) FROM metrics_1d WHERE tenant = scope.tenant AND agent_id > names.agent_id))
        FROM names WHERE agent_id IS NOT NULL)
        SELECT agent_id FROM names WHERE agent_id IS NOT NULL LIMIT ?) a
        ORDER BY scope.tenant, a.agent_id LIMIT ?
        """,
        page.fetch(),
        page.fetch());
  }

  private static final String EACH_AGENT =
      "FROM unnest(?::text[], ?::text[]) AS asked(tenant, agent_id)";

  private static Sql lastSeen(List<String> tenants, List<String> names) {
    return new Sql()
        .add("SELECT asked.tenant, asked.agent_id, greatest(l.last, r.last, h.last) AS last")
        .add(EACH_AGENT, tenants, names)
        .add(
            """
            CROSS JOIN LATERAL (SELECT max(last_event_at) AS last FROM (
              SELECT last_event_at FROM runs WHERE tenant = asked.tenant AND agent_id = asked.agent_id
              ORDER BY started_at DESC LIMIT ?) latest) l
            LEFT JOIN (SELECT tenant, agent_id, max(last_event_at) AS last FROM runs
              WHERE tenant = ANY (?) AND status = 'running' GROUP BY 1, 2) r
              ON r.tenant = asked.tenant AND r.agent_id = asked.agent_id
            CROSS JOIN LATERAL (SELECT max(bucket) AS day FROM metrics_1d
              WHERE tenant = asked.tenant AND agent_id = asked.agent_id) d
            CROSS JOIN LATERAL (SELECT max(bucket) AS last FROM metrics_1h
              WHERE tenant = asked.tenant AND agent_id = asked.agent_id
                AND bucket >= d.day AND bucket < d.day + INTERVAL '1 day') h
            """,
            LATEST_RUNS,
            tenants);
  }

  private static Sql runs(
      Session session, List<String> tenants, List<String> names, TimeRange range) {
    MetricFilter in = new MetricFilter(null, null, null, range);
    return addAgents(CountQuery.addRuns(counts(), session, in, Granularity.DAY), tenants, names);
  }

  private static Sql violations(
      Session session, List<String> tenants, List<String> names, TimeRange range) {
    MetricFilter in = new MetricFilter(null, null, null, range);
    return addAgents(
        CountQuery.addViolations(counts(), session, in, Granularity.DAY), tenants, names);
  }

  private static Sql counts() {
    return new Sql().add("SELECT tenant, agent_id, sum(n)::bigint AS count");
  }

  private static Sql addAgents(Sql sql, List<String> tenants, List<String> names) {
    return sql.add("JOIN unnest(?::text[], ?::text[]) AS asked(tenant, agent_id)", tenants, names)
        .add("USING (tenant, agent_id) GROUP BY tenant, agent_id");
  }

  private static Sql running(List<String> tenants, List<String> names, TimeRange range) {
    return new Sql()
        .add("SELECT tenant, agent_id, r.running")
        .add(EACH_AGENT, tenants, names)
        .add("JOIN (SELECT tenant, agent_id, count(*) AS running FROM runs")
        .add("WHERE tenant = ANY (?) AND status = 'running'", tenants)
        .addIf(range.from(), "AND started_at >= ?")
        .addIf(range.to(), "AND started_at < ?")
        .add("GROUP BY tenant, agent_id) r USING (tenant, agent_id)");
  }

  private static Sql brokenRuns(List<String> tenants, List<String> names, TimeRange range) {
    // Materialized: joined with the agents first, each violation would be looked up once an agent.
    return new Sql()
        .add("WITH broken AS MATERIALIZED (SELECT r.tenant, r.agent_id FROM (")
        .add("SELECT DISTINCT tenant, run_id FROM violations WHERE tenant = ANY (?)", tenants)
        // A rule is broken in a run after the run has begun, never before.
        .addIf(range.from(), "AND t >= ?")
        .add(") v JOIN runs r ON r.tenant = v.tenant AND r.run_id = v.run_id WHERE true")
        .addIf(range.from(), "AND r.started_at >= ?")
        .addIf(range.to(), "AND r.started_at < ?")
        .add(") SELECT tenant, agent_id, count(*) AS count")
        .add(EACH_AGENT + " JOIN broken USING (tenant, agent_id)", tenants, names)
        .add("GROUP BY tenant, agent_id");
  }

  private static Sql windows(List<String> tenants, List<String> names, Segment segment) {
    Sql sql =
        new Sql()
            .add(
                "SELECT w.tenant, w.agent_id, w.events, w.errors, w.model_calls, w.unpriced_calls,")
            .add("w.cost_usd, w.latency_sketch, w.gen_latency_sketch")
            .add(EACH_AGENT, tenants, names);
    switch (segment.granularity()) {
      case MINUTE -> sql.add("JOIN metrics_1m w");
      case HOUR -> sql.add("JOIN metrics_1h w");
      case DAY -> sql.add("JOIN metrics_1d w");
    }
    return sql.add(
        "ON w.tenant = asked.tenant AND w.agent_id = asked.agent_id AND w.bucket >= ? AND w.bucket < ?",
        segment.from(),
        segment.to());
  }
}
