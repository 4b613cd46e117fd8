package dev.waymark.api.store;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.security.TenantScope;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Events across runs: those of an agent that name a resource, and decisions. Newest first. */
@Singleton
public final class EventStore {
  private final Database database;
  private final int pageBytes;

  EventStore(Database database, ApiConfig config) {
    this.database = database;
    this.pageBytes = config.http().pageBytes();
  }

  /** The last events of an agent that name a resource; fewer where their bodies are large. */
  public List<StoredEventView> ofAgent(TenantScope scope, String agentId, int limit) {
    return database.read(
        scope,
        session ->
            session.list(
                new Sql()
                    .add(
                        """
                        SELECT f.* FROM (
                          SELECT p.*, sum(octet_length(body)) OVER (ORDER BY t DESC, seq DESC, identity) AS bytes
                        """)
                    .add(Session.EACH_TENANT, session.tenants())
                    .add(
                        """
                        SELECT * FROM events
                        WHERE events.tenant = scope.tenant AND agent_id = ? AND resource IS NOT NULL
                        ORDER BY t DESC LIMIT ?) p ORDER BY t DESC, seq DESC, identity LIMIT ?) f
                        WHERE f.bytes <= ? ORDER BY f.t DESC, f.seq DESC, f.identity
                        """,
                        agentId,
                        limit,
                        limit,
                        pageBytes),
                EventStore::event));
  }

  /** Decisions by time. */
  public PageView<StoredEventView> decisions(
      TenantScope scope, DecisionFilter filter, PageRequest page) {
    return database.read(
        scope,
        session ->
            session.pageThatFits(
                decisionsSql(session, filter, page),
                page,
                EventStore::event,
                EventStore::cursorAt));
  }

  /** The latest decision of that id. */
  public Optional<StoredEventView> decision(TenantScope scope, String id) {
    return database
        .read(
            scope,
            session ->
                session.list(
                    new Sql()
                        .add(
                            """
                            SELECT * FROM events
                            WHERE tenant = ANY (?) AND identity = ? AND action LIKE 'decide:%'
                            ORDER BY t DESC LIMIT 1
                            """,
                            session.tenants(), id),
                    EventStore::event))
        .stream()
        .findFirst();
  }

  /** Sessions by their last decision in the range. */
  public PageView<DecisionSessionView> sessions(
      TenantScope scope, TimeRange range, PageRequest page) {
    return database.read(
        scope,
        session ->
            session.page(
                sessionsSql(session, range, page),
                page,
                EventStore::session,
                EventStore::cursorAt));
  }

  private Sql decisionsSql(Session session, DecisionFilter filter, PageRequest page) {
    Sql sql =
        new Sql()
            .add(
                """
                SELECT p.*,
                  sum(octet_length(body)) OVER (ORDER BY p.t DESC, p.tenant, p.run_id, p.seq, p.identity)
                    - octet_length(body) < ? AS fits
                """,
                pageBytes)
            .add(Session.EACH_TENANT, session.tenants())
            .add(
                "SELECT * FROM events WHERE events.tenant = scope.tenant AND action LIKE 'decide:%'")
            .addIf(filter.userId(), "AND user_id = ?")
            .addIf(filter.sessionId(), "AND session_id = ?")
            .addIf(filter.action(), "AND action = ?")
            .addIf(filter.model(), "AND model = ?")
            .addIf(filter.range().from(), "AND t >= ?")
            .addIf(filter.range().to(), "AND t < ?");
    page.after()
        .ifPresent(
            after ->
                sql.add(
                    "AND t <= ? AND (t < ? OR (tenant, run_id, seq, identity) > (?, ?, ?, ?))",
                    after.key(0),
                    after.key(0),
                    after.key(1),
                    after.key(2),
                    after.key(3),
                    after.key(4)));
    return sql.add("ORDER BY t DESC, run_id, seq, identity LIMIT ?) p", page.fetch())
        .add("ORDER BY p.t DESC, p.tenant, p.run_id, p.seq, p.identity LIMIT ?", page.fetch());
  }

  private static Sql sessionsSql(Session session, TimeRange range, PageRequest page) {
    Sql sql =
        new Sql()
            .add(
                """
                SELECT tenant, session_id, min(t) AS first_at, max(t) AS last_at, count(*) AS decisions,
                  coalesce(sum(input_tokens), 0)::bigint AS input_tokens,
                  coalesce(sum(output_tokens), 0)::bigint AS output_tokens,
                  coalesce(sum(cost_usd), 0) AS cost_usd,
                  coalesce(array_agg(DISTINCT model) FILTER (WHERE model IS NOT NULL), '{}') AS models,
                  coalesce(array_agg(DISTINCT user_id) FILTER (WHERE user_id IS NOT NULL), '{}') AS user_ids
                FROM events WHERE tenant = ANY (?) AND action LIKE 'decide:%' AND session_id IS NOT NULL
                """,
                session.tenants())
            .addIf(range.from(), "AND t >= ?")
            .addIf(range.to(), "AND t < ?")
            .add("GROUP BY tenant, session_id");
    page.after()
        .ifPresent(
            after ->
                sql.add(
                    "HAVING max(t) < ? OR (max(t) = ? AND (tenant, session_id) > (?, ?))",
                    after.key(0),
                    after.key(0),
                    after.key(1),
                    after.key(2)));
    return sql.add("ORDER BY last_at DESC, tenant, session_id LIMIT ?", page.fetch());
  }

  private static StoredEventView event(Row row) throws SQLException {
    return new StoredEventView(
        row.text("tenant"),
        row.text("run_id"),
        row.text("agent_id"),
        row.number("seq"),
        row.instant("t"),
        row.text("identity"),
        row.optionalText("action"),
        row.optionalText("user_id"),
        row.optionalText("session_id"),
        row.optionalText("trace_id"),
        row.optionalText("model"),
        row.optionalText("provider"),
        row.optionalNumber("input_tokens"),
        row.optionalNumber("output_tokens"),
        row.optionalReal("cost_usd"),
        row.optionalReal("gen_latency_ms"),
        row.json("body"));
  }

  private static DecisionSessionView session(Row row) throws SQLException {
    return new DecisionSessionView(
        row.text("tenant"),
        row.text("session_id"),
        row.instant("first_at"),
        row.instant("last_at"),
        row.number("decisions"),
        row.number("input_tokens"),
        row.number("output_tokens"),
        row.real("cost_usd"),
        row.texts("models"),
        row.texts("user_ids"));
  }

  private static Cursor cursorAt(StoredEventView event) {
    return Cursor.of(
        Cursor.Kind.DECISIONS,
        event.t(),
        event.tenant(),
        event.runId(),
        event.seq(),
        event.identity());
  }

  private static Cursor cursorAt(DecisionSessionView session) {
    return Cursor.of(
        Cursor.Kind.DECISION_SESSIONS, session.lastAt(), session.tenant(), session.sessionId());
  }
}
