package dev.waymark.api.store;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which jobs over the stored trail were asked for, and which are over. */
@Singleton
public final class TrailJobStore {
  /** What the database calls the right to begin one. */
  private static final long BEGINNING = 0x7761796d61726bL;

  private final Database database;

  TrailJobStore(Database database) {
    this.database = database;
  }

  /** One that waits or runs. */
  public record ActiveJob(String id, Instant createdAt) {}

  /**
   * Notes a new one as queued, unless {@code maxActive} of its kind wait or run already; returns
   * whether it did.
   *
   * @param kept how many of its kind are kept, the latest
   */
  public boolean begin(
      String id, TrailJobRequest request, Instant createdAt, int maxActive, int kept) {
    return database.write(
        session -> {
          // Two at once would both find room.
          session.list(
              new Sql().add("SELECT pg_advisory_xact_lock(?) IS NULL AS locked", BEGINNING),
              row -> row.flag("locked"));
          boolean begun = session.update(insert(id, request, createdAt, maxActive)) == 1;
          session.update(forgetAllBut(kept, request.kind()));
          return begun;
        });
  }

  private static Sql insert(String id, TrailJobRequest request, Instant createdAt, int maxActive) {
    return new Sql()
        .add("INSERT INTO trail_jobs")
        .add("(job_id, kind, state, rules, run_id, tenant, agent, from_t, to_t, created_at)")
        .add(
            "SELECT ?, ?, 'queued', ?::jsonb, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?",
            id,
            request.kind().code(),
            request.rules(),
            request.runId(),
            request.tenant(),
            request.agent(),
            request.range().from(),
            request.range().to(),
            createdAt)
        .add(
            "WHERE (SELECT count(*) FROM trail_jobs WHERE kind = ? AND state IN ('queued', 'running')) < ?",
            request.kind().code(),
            maxActive);
  }

  private static Sql forgetAllBut(int kept, TrailJobKind kind) {
    return new Sql()
        .add("DELETE FROM trail_jobs WHERE job_id IN")
        .add("(SELECT job_id FROM trail_jobs WHERE kind = ?", kind.code())
        .add("ORDER BY created_at DESC, job_id OFFSET ?)", kept)
        .add("AND state NOT IN ('queued', 'running')");
  }

  /** Ends one that waits or runs; one that is over stays as it is. */
  public void end(String id, String state, @Nullable String error) {
    database.write(
        session ->
            session.update(
                new Sql()
                    .add(
                        "UPDATE trail_jobs SET state = ?, error = ?, finished_at = now()",
                        state,
                        error)
                    .add("WHERE job_id = ? AND state IN ('queued', 'running')", id)));
  }

  /** Those that wait or run. */
  public List<ActiveJob> active() {
    return database.read(
        session ->
            session.list(
                new Sql()
                    .add("SELECT job_id, created_at FROM trail_jobs")
                    .add("WHERE state IN ('queued', 'running')"),
                row -> new ActiveJob(row.text("job_id"), row.instant("created_at"))));
  }
}
