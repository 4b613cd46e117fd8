package dev.waymark.jobs.store;

import dev.waymark.jobs.config.DatabaseConfig;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Properties;

/** Connections to the database. */
public final class Connections {
  static final String DRIVER = "org.postgresql.Driver";

  private Connections() {}

  /** One for what is no table sink. */
  public static Connection open(DatabaseConfig database) throws SQLException {
    forgetDriver();
    Properties properties = new Properties();
    properties.setProperty("user", database.user());
    properties.setProperty("password", database.password());
    properties.setProperty("ApplicationName", "waymark trail job");
    return driver().connect(database.url(), properties);
  }

  /** Not by the JDK's list of drivers, which does not know it any more. */
  private static Driver driver() {
    try {
      return Class.forName(DRIVER).asSubclass(Driver.class).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no JDBC driver in the job jar", e);
    }
  }

  /**
   * The driver registers itself with the JVM when its class is loaded, and what is registered there
   * keeps the job's class loader for ever: each job or restart would take 20 MB of metaspace more,
   * until the TaskManager dies. Connections are made without the registration. A driver that the
   * process itself has, as in a test, stays.
   */
  static synchronized void forgetDriver() {
    try {
      ClassLoader ours = Class.forName(DRIVER).getClassLoader();
      if (ours == ClassLoader.getSystemClassLoader()) {
        return;
      }
      for (Driver driver : Collections.list(DriverManager.getDrivers())) {
        if (driver.getClass().getClassLoader() == ours) {
          DriverManager.deregisterDriver(driver);
        }
      }
    } catch (ClassNotFoundException | SQLException e) {
      throw new IllegalStateException("no JDBC driver in the job jar", e);
    }
  }
}
