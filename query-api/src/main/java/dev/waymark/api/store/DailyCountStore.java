package dev.waymark.api.store;

import jakarta.inject.Singleton;

/** Runs and violations of each day: adds up what the tables' triggers have noted one by one. */
@Singleton
public final class DailyCountStore {
  private static final int CHANGES_AT_ONCE = 10_000;

  private final Database database;

  DailyCountStore(Database database) {
    this.database = database;
  }

  /**
   * Adds up what has changed; reads see the same sum before and after. Any number of processes may
   * do so: each takes other changes.
   */
  public void addUp() {
    while (addUpSome() == CHANGES_AT_ONCE) {
      // More are waiting.
    }
  }

  private int addUpSome() {
    // In the order of the key, so that two processes never wait for each other in a circle.
    return database.write(
        session ->
            session.single(
                new Sql()
                    .add(
                        """
                            WITH taken AS (
                              DELETE FROM daily_count_changes WHERE ctid = ANY (ARRAY(
                                SELECT ctid FROM daily_count_changes LIMIT ? FOR UPDATE SKIP LOCKED))
                              RETURNING *),
                            added AS (
                              INSERT INTO daily_counts AS counted
                              SELECT tenant, agent_id, day, sum(runs), sum(violations) FROM taken GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
                              ON CONFLICT (tenant, agent_id, day) DO UPDATE SET
                                runs = counted.runs + excluded.runs,
                                violations = counted.violations + excluded.violations)
                            SELECT count(*) AS taken FROM taken
                            """,
                        CHANGES_AT_ONCE),
                row -> (int) row.number("taken")));
  }
}
