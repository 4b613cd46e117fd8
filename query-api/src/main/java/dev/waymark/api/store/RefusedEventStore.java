package dev.waymark.api.store;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.security.TenantScope;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Refused events, newest first. */
@Singleton
public final class RefusedEventStore {
  private final Database database;
  private final int pageBytes;

  RefusedEventStore(Database database, ApiConfig config) {
    this.database = database;
    this.pageBytes = config.http().pageBytes();
  }

  /**
   * Refused events by the time Kafka took the record of them. A page ends early where its bodies
   * exceed the configured bytes; it holds one at least.
   *
   * @param run restricts to one run; null does not
   * @param agent restricts to one agent; null does not
   */
  public PageView<RefusedEventView> list(
      TenantScope scope,
      @Nullable String run,
      @Nullable String agent,
      TimeRange refused,
      PageRequest page) {
    return database.read(
        scope,
        session ->
            session.pageThatFits(
                listSql(session, run, agent, refused, page),
                page,
                RefusedEventStore::refusedEvent,
                RefusedEventStore::cursorAt));
  }

  private Sql listSql(
      Session session,
      @Nullable String run,
      @Nullable String agent,
      TimeRange refused,
      PageRequest page) {
    Sql sql =
        new Sql()
            .add(
                """
                SELECT r.*, coalesce(sum(octet_length(r.body)) OVER (
                    ORDER BY r.refused_at DESC, r.tenant, r.run_id, r.identity, r.content_sha256
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) < ? AS fits
                """,
                pageBytes)
            .add(Session.EACH_TENANT, session.tenants())
            .add("SELECT * FROM refused_events WHERE refused_events.tenant = scope.tenant")
            .addIf(run, "AND run_id = ?")
            .addIf(agent, "AND agent_id = ?")
            .addIf(refused.from(), "AND refused_at >= ?")
            .addIf(refused.to(), "AND refused_at < ?");
    page.after()
        .ifPresent(
            after ->
                sql.add(
                    """
                    AND refused_at <= ? AND (refused_at < ?
                      OR (tenant, run_id, identity, encode(content_sha256, 'hex')) > (?, ?, ?, ?))
                    """,
                    after.key(0),
                    after.key(0),
                    after.key(1),
                    after.key(2),
                    after.key(3),
                    after.key(4)));
    return sql.add(
        """
        ORDER BY refused_at DESC, run_id, identity, content_sha256 LIMIT ?) r
        ORDER BY r.refused_at DESC, r.tenant, r.run_id, r.identity, r.content_sha256 LIMIT ?
        """,
        page.fetch(),
        page.fetch());
  }

  private static RefusedEventView refusedEvent(Row row) throws SQLException {
    return new RefusedEventView(
        row.text("tenant"),
        row.text("run_id"),
        row.text("identity"),
        row.number("seq"),
        row.instant("t"),
        row.text("agent_id"),
        row.instant("refused_at"),
        row.texts("violations"),
        row.hex("content_sha256"),
        row.json("body"));
  }

  private static Cursor cursorAt(RefusedEventView refused) {
    return Cursor.of(
        Cursor.Kind.REFUSED_EVENTS,
        refused.refusedAt(),
        refused.tenant(),
        refused.runId(),
        refused.identity(),
        refused.sha256());
  }
}
