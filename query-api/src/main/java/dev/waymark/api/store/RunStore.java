package dev.waymark.api.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.security.TenantScope;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs, newest first, and their trails, oldest event first. */
@Singleton
public final class RunStore {
  private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

  private static final String COLUMNS =
      """
      SELECT r.*, (
        SELECT coalesce(sum(greatest(v.suppressed, 1)), 0)::bigint FROM violations v
        WHERE v.tenant = r.tenant AND v.run_id = r.run_id) AS violations
      """;

  private final Database database;
  private final ObjectMapper json;
  private final int pageBytes;

  RunStore(Database database, ObjectMapper json, ApiConfig config) {
    this.database = database;
    this.json = json;
    this.pageBytes = config.http().pageBytes();
  }

  /** Runs by start, newest first. */
  public PageView<RunView> list(TenantScope scope, RunFilter filter, PageRequest page) {
    return database.read(
        scope,
        session ->
            session.page(listSql(session, filter, page), page, this::run, RunStore::cursorAt));
  }

  /** The runs of that id: one a tenant at most, so none or one where the scope is one tenant. */
  public List<RunView> find(TenantScope scope, String runId) {
    return database.read(
        scope,
        session ->
            session.list(
                new Sql()
                    .add(COLUMNS)
                    .add(
                        "FROM runs r WHERE r.tenant = ANY (?) AND r.run_id = ?",
                        session.tenants(),
                        runId)
                    .add("ORDER BY r.tenant"),
                this::run));
  }

  /**
   * A run's events by time, then by number. A page ends early where its bodies exceed the
   * configured bytes; it holds one event at least.
   */
  public PageView<TrailEventView> trail(
      TenantScope scope, String runId, TimeRange range, PageRequest page) {
    return database.read(
        scope,
        session ->
            session.pageThatFits(
                trailSql(session, runId, range, page),
                page,
                RunStore::trailEvent,
                RunStore::cursorAt));
  }

  /** A run's events as {@link #trail} has them, without their records. */
  public PageView<TimelineEventView> timeline(TenantScope scope, String runId, PageRequest page) {
    return database.read(
        scope,
        session ->
            session.page(
                timelineSql(session, runId, page),
                page,
                RunStore::timelineEvent,
                TimelineEventView::cursor));
  }

  private static Sql timelineSql(Session session, String runId, PageRequest page) {
    Sql sql =
        new Sql()
            .add(
                """
                SELECT e.seq, e.t, e.identity, e.type, e.actor, e.action, e.call_id, e.status, e.model,
                  e.input_tokens, e.output_tokens, e.cost_usd, e.latency_ms, e.gen_latency_ms, e.late, e.clock_skew
                """)
            .add(
                "FROM events e WHERE e.tenant = ANY (?) AND e.run_id = ?",
                session.tenants(),
                runId);
    page.after()
        .ifPresent(
            after ->
                sql.add(
                    "AND (e.t, e.seq, e.identity) > (?, ?, ?)",
                    after.key(0),
                    after.key(1),
                    after.key(2)));
    return sql.add("ORDER BY e.t, e.seq, e.identity LIMIT ?", page.fetch());
  }

  private static TimelineEventView timelineEvent(Row row) throws SQLException {
    return new TimelineEventView(
        row.number("seq"),
        row.instant("t"),
        row.text("identity"),
        row.text("type"),
        row.text("actor"),
        row.optionalText("action"),
        row.optionalText("call_id"),
        row.optionalText("status"),
        row.optionalText("model"),
        row.optionalNumber("input_tokens"),
        row.optionalNumber("output_tokens"),
        row.optionalReal("cost_usd"),
        row.optionalReal("latency_ms"),
        row.optionalReal("gen_latency_ms"),
        row.flag("late"),
        row.flag("clock_skew"));
  }

  private static Sql listSql(Session session, RunFilter filter, PageRequest page) {
    Sql sql =
        new Sql()
            .add(COLUMNS)
            .add(Session.EACH_TENANT, session.tenants())
            .add("SELECT * FROM runs WHERE runs.tenant = scope.tenant")
            .addIf(filter.agent(), "AND agent_id = ?")
            .addIf(filter.status() == null ? null : code(filter.status()), "AND status = ?")
            .addIf(filter.started().from(), "AND started_at >= ?")
            .addIf(filter.started().to(), "AND started_at < ?");
    if (filter.hasViolations() != null) {
      sql.add(
          filter.hasViolations()
              ? "AND EXISTS (SELECT FROM violations v WHERE v.tenant = runs.tenant AND v.run_id = runs.run_id)"
              : "AND NOT EXISTS (SELECT FROM violations v WHERE v.tenant = runs.tenant AND v.run_id = runs.run_id)");
    }
    page.after()
        .ifPresent(
            after ->
                sql.add(
                    "AND started_at <= ? AND (started_at < ? OR (tenant, run_id) > (?, ?))",
                    after.key(0),
                    after.key(0),
                    after.key(1),
                    after.key(2)));
    return sql.add("ORDER BY started_at DESC, run_id LIMIT ?) r", page.fetch())
        .add("ORDER BY r.started_at DESC, r.tenant, r.run_id LIMIT ?", page.fetch());
  }

  private Sql trailSql(Session session, String runId, TimeRange range, PageRequest page) {
    Sql sql =
        new Sql()
            .add(
                """
                SELECT e.seq, e.t, e.identity, e.action, e.cost_usd, e.cost_source, e.late, e.clock_skew,
                  e.kafka_partition, e.kafka_offset, e.content_sha256, e.fits, CASE WHEN e.fits THEN e.body END AS body
                FROM (SELECT p.*, sum(octet_length(body)) OVER (ORDER BY t, seq, identity) - octet_length(body) < ? AS fits
                """,
                pageBytes)
            .add(Session.EACH_TENANT, session.tenants())
            .add("SELECT * FROM events WHERE events.tenant = scope.tenant AND run_id = ?", runId)
            .addIf(range.from(), "AND t >= ?")
            .addIf(range.to(), "AND t < ?");
    page.after()
        .ifPresent(
            after ->
                sql.add(
                    "AND (t, seq, identity) > (?, ?, ?)",
                    after.key(0),
                    after.key(1),
                    after.key(2)));
    return sql.add(
        "ORDER BY t, seq, identity LIMIT ?) p) e ORDER BY e.t, e.seq, e.identity", page.fetch());
  }

  private RunView run(Row row) throws SQLException {
    return new RunView(
        row.text("tenant"),
        row.text("run_id"),
        row.text("agent_id"),
        row.text("status"),
        row.instant("started_at"),
        row.instant("last_event_at"),
        row.optionalInstant("ended_at"),
        row.real("duration_ms"),
        row.number("events"),
        counts(row.text("events_by_type")),
        row.number("errors"),
        row.number("model_calls"),
        row.number("unpriced_calls"),
        row.number("input_tokens"),
        row.number("output_tokens"),
        row.number("cached_input_tokens"),
        row.real("cost_usd"),
        row.texts("models"),
        row.number("late_events"),
        row.number("duplicates"),
        row.number("conflicts"),
        row.number("violations"));
  }

  private static TrailEventView trailEvent(Row row) throws SQLException {
    return new TrailEventView(
        row.number("seq"),
        row.instant("t"),
        row.text("identity"),
        row.optionalText("action"),
        row.optionalReal("cost_usd"),
        row.optionalText("cost_source"),
        row.flag("late"),
        row.flag("clock_skew"),
        (int) row.number("kafka_partition"),
        row.number("kafka_offset"),
        row.hex("content_sha256"),
        row.json("body"));
  }

  private Map<String, Long> counts(String object) {
    try {
      return json.readValue(object, COUNTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("runs.events_by_type holds no counts", e);
    }
  }

  private static Cursor cursorAt(RunView run) {
    return Cursor.of(Cursor.Kind.RUNS, run.startedAt(), run.tenant(), run.runId());
  }

  private static Cursor cursorAt(TrailEventView event) {
    return event.cursor();
  }

  private static String code(RunStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
