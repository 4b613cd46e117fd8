package dev.waymark.api.store;

import dev.waymark.schemas.db.Migrations;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Runs where {@code WAYMARK_TEST_TIMESCALE_URL} names a database of a TimescaleDB server, with user
 * and password in it; each test makes and drops one of its own beside it.
 */
@EnabledIfEnvironmentVariable(named = "WAYMARK_TEST_TIMESCALE_URL", matches = ".+")
class TimescaleStoreIT extends StoreContract {
  @Override
  Home open() {
    String server = System.getenv("WAYMARK_TEST_TIMESCALE_URL");
    String name = "waymark_test_" + UUID.randomUUID().toString().replace('-', '_');
    execute(server, "CREATE DATABASE " + name);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(server);
    source.setDatabaseName(name);
    Migrations.migrate(source);
    return new Home() {
      @Override
      public String url() {
        return source.getUrl();
      }

      @Override
      public String user() {
        return String.valueOf(source.getUser());
      }

      @Override
      public String password() {
        return source.getPassword() == null ? "" : source.getPassword();
      }

      @Override
      public DataSource dataSource() {
        return source;
      }

      @Override
      public void close() {
        execute(server, "DROP DATABASE " + name + " WITH (FORCE)");
      }
    };
  }

  private static void execute(String server, String sql) {
    try (var connection = DriverManager.getConnection(server);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
