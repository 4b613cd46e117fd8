package dev.waymark.api.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.security.TenantScope;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Violations, newest first, and what proves them. */
@Singleton
public final class ViolationStore {
  private static final TypeReference<List<EvidenceView>> EVIDENCE = new TypeReference<>() {};
  private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};

  private final Database database;
  private final ObjectMapper json;
  private final int pageBytes;

  ViolationStore(Database database, ObjectMapper json, ApiConfig config) {
    this.database = database;
    this.json = json;
    this.pageBytes = config.http().pageBytes();
  }

  /** Violations by event time, newest first; their evidence without the events' bodies. */
  public PageView<ViolationView> list(TenantScope scope, ViolationFilter filter, PageRequest page) {
    return database.read(
        scope,
        session ->
            session.page(
                listSql(session, filter, page), page, this::violation, ViolationStore::cursorAt));
  }

  /** One violation, its evidence with the events' bodies. */
  public Optional<ViolationView> find(TenantScope scope, String violationId) {
    return database.read(
        scope,
        session -> {
          Sql sql =
              new Sql()
                  .add(
                      "SELECT * FROM violations WHERE violation_id = ? AND tenant = ANY (?)",
                      violationId,
                      session.tenants());
          Optional<ViolationView> found = session.list(sql, this::violation).stream().findFirst();
          return found.isEmpty() ? found : Optional.of(withBodies(session, found.get()));
        });
  }

  private static Sql listSql(Session session, ViolationFilter filter, PageRequest page) {
    Sql sql =
        new Sql()
            .add("SELECT v.*")
            .add(Session.EACH_TENANT, session.tenants())
            .add("SELECT * FROM violations WHERE violations.tenant = scope.tenant")
            .addIf(filter.rule(), "AND rule_id = ?")
            .addIf(filter.kind(), "AND kind = ?")
            .addIf(filter.severity(), "AND severity = ?")
            .addIf(filter.agent(), "AND agent_id = ?")
            .addIf(filter.run(), "AND run_id = ?")
            .addIf(filter.certain().from(), "AND t >= ?")
            .addIf(filter.certain().to(), "AND t < ?");
    page.after()
        .ifPresent(
            after ->
                sql.add(
                    "AND t <= ? AND (t < ? OR violation_id > ?)",
                    after.key(0),
                    after.key(0),
                    after.key(1)));
    return sql.add("ORDER BY t DESC, violation_id LIMIT ?) v", page.fetch())
        .add("ORDER BY v.t DESC, v.violation_id LIMIT ?", page.fetch());
  }

  private List<@Nullable RawJson> bodies(Session session, ViolationView violation)
      throws SQLException {
    List<String> runs = violation.evidence().stream().map(EvidenceView::runId).toList();
    List<String> times = violation.evidence().stream().map(each -> each.t().toString()).toList();
    List<String> numbers =
        violation.evidence().stream().map(each -> String.valueOf(each.seq())).toList();
    List<String> identities = violation.evidence().stream().map(EvidenceView::identity).toList();
    List<@Nullable RawJson> bodies = new ArrayList<>();
    session.each(
        new Sql()
            .add(
                """
                SELECT CASE WHEN sum(octet_length(e.body)) OVER (ORDER BY w.position) - octet_length(e.body) < ?
                  THEN e.body END AS body
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[])
                  WITH ORDINALITY AS w(run_id, t, seq, identity, position)
                LEFT JOIN events e ON e.tenant = ? AND e.run_id = w.run_id AND e.t = w.t::timestamptz
                  AND e.seq = w.seq::bigint AND e.identity = w.identity
                ORDER BY w.position
                """,
                pageBytes,
                runs,
                times,
                numbers,
                identities,
                violation.tenant()),
        row -> bodies.add(row.optionalJson("body")));
    return bodies;
  }

  private ViolationView withBodies(Session session, ViolationView violation) throws SQLException {
    List<@Nullable RawJson> bodies = bodies(session, violation);
    List<EvidenceView> evidence = new ArrayList<>();
    for (EvidenceView each : violation.evidence()) {
      evidence.add(
          new EvidenceView(
              each.runId(),
              each.seq(),
              each.t(),
              each.identity(),
              each.role(),
              bodies.get(evidence.size())));
    }
    return violation.withEvidence(evidence);
  }

  private ViolationView violation(Row row) throws SQLException {
    return new ViolationView(
        row.text("violation_id"),
        row.text("tenant"),
        row.instant("t"),
        row.text("rule_id"),
        row.text("rule_version"),
        row.text("kind"),
        row.text("template"),
        row.text("severity"),
        row.text("case_key"),
        row.text("case_id"),
        row.optionalText("run_id"),
        row.optionalText("agent_id"),
        row.text("message"),
        parse("evidence", row.text("evidence"), EVIDENCE),
        parse("facts", row.text("facts"), FACTS),
        row.texts("tags"),
        row.text("description"),
        row.text("remedy"),
        row.flag("late"),
        row.number("suppressed"));
  }

  private <T> T parse(String column, String text, TypeReference<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("violations." + column + " is not what the job writes", e);
    }
  }

  private static Cursor cursorAt(ViolationView violation) {
    return Cursor.of(Cursor.Kind.VIOLATIONS, violation.t(), violation.violationId());
  }
}
