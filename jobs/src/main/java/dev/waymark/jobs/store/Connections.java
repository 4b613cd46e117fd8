package dev.waymark.jobs.store;

import dev.waymark.jobs.config.DatabaseConfig;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.Driver;
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

  /**
   * Call where a bounded job is over: the JDK's list of drivers would keep the job's classes in
   * memory for as long as Flink's process lives. A driver that the process itself has stays.
   */
  public static void release() throws SQLException {
    boolean isTheJobs = Driver.class.getClassLoader() != ClassLoader.getSystemClassLoader();
    if (isTheJobs && Driver.isRegistered()) {
      Driver.deregister();
    }
  }
}
