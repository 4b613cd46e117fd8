package dev.waymark.api.store;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.security.TenantScope;
import dev.waymark.api.text.TextQuery.Snippet;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Searches trails: the index says which runs have all the words somewhere, their events say where.
 */
@Singleton
public final class SearchStore {
  /** Of one page, whatever the size of its runs. */
  private static final int MAX_EVENTS_READ = 50_000;

  /** Behind every event of a run. */
  private static final Instant END_OF_RUN = Instant.parse("9999-12-31T23:59:59.999999Z");

  private final Database database;
  private final int maxRunsRead;

  SearchStore(Database database, ApiConfig config) {
    this.database = database;
    this.maxRunsRead = config.reads().search().maxRunsRead();
  }

  /**
   * Hits by the begin of their run, the latest first, then in the order of the trail. A page ends
   * earlier, or is empty, where many runs have the words but few events have all of them: the
   * cursor goes on.
   */
  public PageView<SearchHitView> search(TenantScope scope, SearchFilter filter, PageRequest page) {
    return database.read(scope, session -> new Search(session, filter, page).run());
  }

  private record Candidate(String tenant, String runId, Instant startedAt) {
    static Candidate of(Row row) throws SQLException {
      return new Candidate(row.text("tenant"), row.text("run_id"), row.instant("started_at"));
    }
  }

  /** One page in the making. */
  private final class Search {
    private final Session session;
    private final SearchFilter filter;
    private final PageRequest page;
    private final List<SearchHitView> hits = new ArrayList<>();
    private int eventsRead;
    private @Nullable Cursor stoppedAt;

    Search(Session session, SearchFilter filter, PageRequest page) {
      this.session = session;
      this.filter = filter;
      this.page = page;
    }

    PageView<SearchHitView> run() throws SQLException {
      List<Candidate> candidates = session.list(candidates(), Candidate::of);
      for (int i = 0; i < candidates.size() && stoppedAt == null; i++) {
        Candidate run = candidates.get(i);
        if (i == maxRunsRead) {
          stoppedAt = behind(candidates.get(i - 1), END_OF_RUN, 0, "");
        } else {
          session.eachWhile(events(run), row -> take(run, row));
        }
      }
      return new PageView<>(hits, stoppedAt == null ? null : stoppedAt.encode());
    }

    private Sql candidates() {
      List<String> tenants = session.tenants();
      String query =
          RunWords.query(
              filter.text(), tenants.size() == 1 ? tenants.get(0) : null, filter.agent());
      Sql sql =
          new Sql()
              .add("SELECT w.*")
              .add(Session.EACH_TENANT, tenants)
              .add("SELECT tenant, run_id, started_at FROM run_words")
              .add("WHERE run_words.tenant = scope.tenant AND words @@ ?::tsquery", query)
              .addIf(filter.range().from(), "AND last_event_at >= ?")
              .addIf(filter.range().to(), "AND started_at < ?");
      page.after()
          .ifPresent(
              after ->
                  sql.add(
                      "AND started_at <= ? AND (started_at < ? OR (tenant, run_id) >= (?, ?))",
                      after.key(0),
                      after.key(0),
                      after.key(1),
                      after.key(2)));
      return sql.add("ORDER BY started_at DESC, run_id LIMIT ?) w", maxRunsRead + 1)
          .add("ORDER BY w.started_at DESC, w.tenant, w.run_id LIMIT ?", maxRunsRead + 1);
    }

    private Sql events(Candidate run) {
      Sql sql =
          new Sql()
              .add(
                  """
                  SELECT tenant, run_id, agent_id, seq, t, identity, type, action, left(body, ?) AS body
                  FROM events WHERE tenant = ? AND run_id = ?
                  """,
                  RunWords.RECORD_CHARS,
                  run.tenant(),
                  run.runId())
              .addIf(filter.agent(), "AND agent_id = ?")
              .addIf(filter.range().from(), "AND t >= ?")
              .addIf(filter.range().to(), "AND t < ?");
      page.after()
          .filter(after -> after.key(1).equals(run.tenant()) && after.key(2).equals(run.runId()))
          .ifPresent(
              after ->
                  sql.add(
                      "AND (t, seq, identity) > (?, ?, ?)",
                      after.key(3),
                      after.key(4),
                      after.key(5)));
      return sql.add("ORDER BY t, seq, identity");
    }

    /** Returns whether to go on. */
    private boolean take(Candidate run, Row row) throws SQLException {
      Optional<Snippet> snippet = filter.text().snippet(RunWords.textOf(row.text("body")));
      if (snippet.isPresent()) {
        hits.add(SearchHitView.of(row, run.startedAt(), snippet.get()));
      }
      eventsRead++;
      if (hits.size() == page.limit() || eventsRead == MAX_EVENTS_READ) {
        stoppedAt = behind(run, row.instant("t"), row.number("seq"), row.text("identity"));
      }
      return stoppedAt == null;
    }

    private Cursor behind(Candidate run, Instant t, long seq, String identity) {
      return Cursor.of(
          Cursor.Kind.SEARCH, run.startedAt(), run.tenant(), run.runId(), t, seq, identity);
    }
  }
}
