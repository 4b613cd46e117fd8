package dev.waymark.api.store;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.security.TenantScope;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Conflicts, newest first. */
@Singleton
public final class ConflictStore {
  private final Database database;
  private final int pageBytes;

  ConflictStore(Database database, ApiConfig config) {
    this.database = database;
    this.pageBytes = config.http().pageBytes();
  }

  /**
   * Conflicts by the time the broker took the later record. A page ends early where its bodies
   * exceed the configured bytes; it holds one conflict at least.
   *
   * @param run restricts to one run; null does not
   * @param agent restricts to one agent; null does not
   */
  public PageView<ConflictView> list(
      TenantScope scope,
      @Nullable String run,
      @Nullable String agent,
      TimeRange detected,
      PageRequest page) {
    return database.read(
        scope,
        session ->
            session.pageThatFits(
                listSql(session, run, agent, detected, page),
                page,
                ConflictStore::conflict,
                ConflictStore::cursorAt));
  }

  private Sql listSql(
      Session session,
      @Nullable String run,
      @Nullable String agent,
      TimeRange detected,
      PageRequest page) {
    Sql sql =
        new Sql()
            .add(
                """
                SELECT b.tenant, b.run_id, b.identity, b.agent_id, b.detected_at, b.seq, b.t, b.kafka_partition,
                  b.kafka_offset, b.content_sha256, b.kept_seq, b.kept_t, b.kept_partition, b.kept_offset,
                  b.kept_sha256, b.fits, CASE WHEN b.fits THEN b.body END AS body,
                  CASE WHEN b.fits THEN b.kept_body END AS kept_body
                FROM (SELECT c.*, e.seq AS kept_seq, e.t AS kept_t, e.kafka_partition AS kept_partition,
                  e.kafka_offset AS kept_offset, e.content_sha256 AS kept_sha256, e.body AS kept_body,
                  coalesce(sum(octet_length(c.body) + coalesce(octet_length(e.body), 0)) OVER (
                    ORDER BY c.detected_at DESC, c.tenant, c.run_id, c.kafka_partition, c.kafka_offset
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) < ? AS fits
                """,
                pageBytes)
            .add(Session.EACH_TENANT, session.tenants())
            .add("SELECT * FROM conflicts WHERE conflicts.tenant = scope.tenant")
            .addIf(run, "AND run_id = ?")
            .addIf(agent, "AND agent_id = ?")
            .addIf(detected.from(), "AND detected_at >= ?")
            .addIf(detected.to(), "AND detected_at < ?");
    page.after()
        .ifPresent(
            after ->
                sql.add(
                    """
                    AND detected_at <= ? AND (detected_at < ?
                      OR (tenant, run_id, kafka_partition, kafka_offset) > (?, ?, ?, ?))
                    """,
                    after.key(0),
                    after.key(0),
                    after.key(1),
                    after.key(2),
                    after.key(3),
                    after.key(4)));
    return sql.add(
            "ORDER BY detected_at DESC, run_id, kafka_partition, kafka_offset LIMIT ?) c",
            page.fetch())
        .add(
            """
            LEFT JOIN LATERAL (SELECT * FROM events WHERE events.tenant = c.tenant AND events.run_id = c.run_id
              AND events.identity = c.identity ORDER BY t, seq LIMIT 1) e ON true) b
            ORDER BY b.detected_at DESC, b.tenant, b.run_id, b.kafka_partition, b.kafka_offset LIMIT ?
            """,
            page.fetch());
  }

  private static ConflictView conflict(Row row) throws SQLException {
    return new ConflictView(
        row.text("tenant"),
        row.text("run_id"),
        row.text("identity"),
        row.text("agent_id"),
        row.instant("detected_at"),
        kept(row),
        new ConflictView.VersionView(
            row.number("seq"),
            row.instant("t"),
            (int) row.number("kafka_partition"),
            row.number("kafka_offset"),
            row.hex("content_sha256"),
            row.json("body")));
  }

  private static ConflictView.@Nullable VersionView kept(Row row) throws SQLException {
    RawJson body = row.optionalJson("kept_body");
    if (body == null) {
      return null;
    }
    return new ConflictView.VersionView(
        row.number("kept_seq"),
        row.instant("kept_t"),
        (int) row.number("kept_partition"),
        row.number("kept_offset"),
        row.hex("kept_sha256"),
        body);
  }

  private static Cursor cursorAt(ConflictView conflict) {
    return Cursor.of(
        Cursor.Kind.CONFLICTS,
        conflict.detectedAt(),
        conflict.tenant(),
        conflict.runId(),
        (long) conflict.conflicting().partition(),
        conflict.conflicting().offset());
  }
}
