package dev.waymark.testkit;

import dev.waymark.schemas.db.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of the caller's own on a real PostgreSQL that is started once a JVM on a free port of
 * 127.0.0.1. Creating one takes a fraction of a second: the migrated schema is copied from a
 * template.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final String USER = "postgres";
  private static final String TEMPLATE = "waymark_template";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String name;

  private EmbeddedDatabase(String template) {
    this.name = "waymark_" + NUMBER.incrementAndGet();
    execute("CREATE DATABASE " + name + " TEMPLATE " + template);
  }

  /** A database with Waymark's tables, all empty. */
  public static EmbeddedDatabase migrated() {
    return new EmbeddedDatabase(Template.NAME);
  }

  /** A database without any table, for whoever migrates it himself. */
  public static EmbeddedDatabase empty() {
    return new EmbeddedDatabase("template1");
  }

  /** The JDBC URL, without user and password. */
  public String url() {
    return urlOf(name);
  }

  public String user() {
    return USER;
  }

  /** Empty: the server trusts whoever comes from this machine. */
  public String password() {
    return "";
  }

  /** Opens a new connection at every call; without a pool. */
  public DataSource dataSource() {
    return dataSourceOf(name);
  }

  /** Cuts all connections and refuses new ones, as if the database were down. */
  public void refuseConnections() {
    execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
    execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
  }

  /** Ends what {@link #refuseConnections} began. */
  public void allowConnections() {
    execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
  }

  /** Drops the database, whoever is still connected. */
  @Override
  public void close() {
    execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private static void execute(String sql) {
    try (Connection connection = dataSourceOf(USER).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static String urlOf(String database) {
    return "jdbc:postgresql://127.0.0.1:" + Server.POSTGRES.getPort() + "/" + database;
  }

  private static DataSource dataSourceOf(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(urlOf(database));
    source.setUser(USER);
    return source;
  }

  private static final class Server {
    /** Its own shutdown hook stops it. Durability is not needed: the data dies with the JVM. */
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "200")
            .setServerConfig("shared_buffers", "64MB")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException("the embedded PostgreSQL does not start", e);
      }
    }
  }

  private static final class Template {
    static final String NAME = migrate();

    private static String migrate() {
      execute("CREATE DATABASE " + TEMPLATE);
      Migrations.migrate(dataSourceOf(TEMPLATE));
      return TEMPLATE;
    }
  }
}
