package dev.waymark.jobs.store;

import dev.waymark.jobs.config.DatabaseConfig;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to the database for what is no table sink. */
public final class Connections {
  private Connections() {}

  public static Connection open(DatabaseConfig database) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.url());
    source.setUser(database.user());
    source.setPassword(database.password());
    source.setApplicationName("waymark trail job");
    return source.getConnection();
  }
}
