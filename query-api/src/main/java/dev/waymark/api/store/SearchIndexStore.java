package dev.waymark.api.store;

import dev.waymark.api.config.ApiConfig;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/**
 * Makes runs searchable that have grown. Any number of processes may do so: each takes other runs,
 * and one that dies leaves its runs to the others.
 */
@Singleton
public final class SearchIndexStore {
  private final Database database;
  private final int maxWords;

  SearchIndexStore(Database database, ApiConfig config) {
    this.database = database;
    this.maxWords = config.reads().search().maxRunWords();
  }

  /**
   * A run to be read.
   *
   * @param leasedUntil then another may take it
   */
  public record QueuedRun(String tenant, String runId, Instant leasedUntil) {}

  /** Takes up to so many runs that are due, for five minutes. */
  public List<QueuedRun> take(int limit) {
    return database.write(
        session ->
            session.list(
                new Sql()
                    .add(
                        """
                        UPDATE search_queue SET due_at = now() + INTERVAL '5 minutes'
                        WHERE (tenant, run_id) IN (
                          SELECT tenant, run_id FROM search_queue WHERE due_at <= now()
                          ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED)
                        RETURNING tenant, run_id, due_at
                        """,
                        limit),
                row ->
                    new QueuedRun(row.text("tenant"), row.text("run_id"), row.instant("due_at"))));
  }

  /** Reads a run's trail and writes its words; what grew meanwhile stays queued. */
  public void index(QueuedRun run) {
    RunWords words = read(run);
    database.write(
        session -> {
          session.update(
              new Sql()
                  .add(
                      """
                      INSERT INTO run_words (tenant, run_id, started_at, last_event_at, is_cut, words)
                      SELECT tenant, run_id, started_at, last_event_at, ?, array_to_tsvector(?::text[])
                      FROM runs WHERE tenant = ? AND run_id = ?
                      ON CONFLICT (tenant, run_id) DO UPDATE SET started_at = excluded.started_at,
                        last_event_at = excluded.last_event_at, is_cut = excluded.is_cut, words = excluded.words
                      """,
                      words.isCut(),
                      words.all(),
                      run.tenant(),
                      run.runId()));
          return session.update(
              new Sql()
                  .add(
                      "DELETE FROM search_queue WHERE tenant = ? AND run_id = ? AND due_at = ?",
                      run.tenant(),
                      run.runId(),
                      run.leasedUntil()));
        });
  }

  private RunWords read(QueuedRun run) {
    RunWords words = new RunWords(run.tenant(), maxWords);
    return database.read(
        session -> {
          session.each(
              new Sql()
                  .add("SELECT agent_id, left(body, ?) AS body FROM events", RunWords.RECORD_CHARS)
                  .add("WHERE tenant = ? AND run_id = ?", run.tenant(), run.runId())
                  .add("ORDER BY t, seq, identity"),
              row -> words.take(row.text("agent_id"), row.text("body")));
          return words;
        });
  }
}
