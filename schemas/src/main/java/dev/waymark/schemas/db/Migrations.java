package dev.waymark.schemas.db;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings a database to the schema of this build. Safe to call at every start and from several
 * processes at once: Flyway locks. Works on plain PostgreSQL and on TimescaleDB. Needs Flyway on
 * the class path, which not every room ships.
 */
public final class Migrations {
  private Migrations() {}

  /** Applies what is missing; returns how many migrations that were. */
  public static int migrate(DataSource dataSource) {
    return Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:db/migration")
        .load()
        .migrate()
        .migrationsExecuted;
  }
}
