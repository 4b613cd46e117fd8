package dev.waymark.api.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.security.TenantScope;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The database as the stores see it: read-only snapshots, each confined to the tenants of a scope,
 * and a write now and then. It may be away when the process starts and at any time later; a read
 * then fails with {@link StoreUnavailableException} within {@link ApiConfig#PATIENCE_MS} and the
 * next one tries again.
 */
@Singleton
public final class Database implements AutoCloseable {
  /**
   * Of connections, of resources, of an operator's doing: what passes. 55000 is a database that
   * takes nobody.
   */
  private static final Set<String> PASSING_CLASSES = Set.of("08", "53", "57", "58");

  private static final String REFUSES_CONNECTIONS = "55000";
  private static final String STATEMENT_TIMEOUT = "57014";
  private static final int VALIDATION_SECONDS = 1;

  private final ApiConfig.Database config;
  private volatile @Nullable HikariDataSource pool;

  public Database(ApiConfig config) {
    this.config = config.database();
  }

  /** Reads that see nothing of tenants, or all of them by nature, such as the jobs' books. */
  <T> T read(Reading<T> reading) {
    return inSnapshot(connection -> reading.read(new Session(connection, List.of())));
  }

  /** Reads what the scope may see: the one place where a scope becomes tenants. */
  <T> T read(TenantScope scope, Reading<T> reading) {
    return inSnapshot(
        connection ->
            reading.read(new Session(connection, tenantsOf(scope, connection), scope.agents())));
  }

  /** Writes what is the API's own, such as requests for backtests; all of it or nothing. */
  <T> T write(Reading<T> writing) {
    return inSnapshot(
        connection -> {
          // The pool puts both back.
          connection.rollback();
          connection.setReadOnly(false);
          connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
          return writing.read(new Session(connection, List.of()));
        });
  }

  /** What is done with a snapshot. */
  interface Reading<T> {
    T read(Session session) throws SQLException;
  }

  /** From now on the tables are there. Called by the control plane. */
  public void declareMigrated() {
    pool = new HikariDataSource(settings(config));
  }

  /** Throws {@link StoreUnavailableException} unless reads would work now. */
  public void requireReady() {
    inSnapshot(connection -> connection.isValid(VALIDATION_SECONDS));
  }

  @PreDestroy
  @Override
  public void close() {
    HikariDataSource opened = pool;
    if (opened != null) {
      opened.close();
    }
  }

  private static List<String> tenantsOf(TenantScope scope, Connection connection)
      throws SQLException {
    if (scope.tenant().isPresent()) {
      return List.of(scope.tenant().get());
    }
    // min() and "the next one after" are single steps in an index, so this costs by tenants, not by
    // rows.
    Sql sql =
        new Sql()
            .add(
                """
                WITH RECURSIVE names(tenant) AS (
                  SELECT least(
                    (SELECT min(tenant) FROM runs),
                    (SELECT min(tenant) FROM violations),
                    (SELECT min(tenant) FROM conflicts),
                    (SELECT min(tenant) FROM refused_events),
                    (SELECT min(tenant) FROM rule_outcomes),
                    (SELECT min(tenant) FROM metrics_1d))
                  UNION ALL
                  SELECT least(
                    (SELECT min(tenant) FROM runs WHERE tenant > names.tenant),
                    (SELECT min(tenant) FROM violations WHERE tenant > names.tenant),
                    (SELECT min(tenant) FROM conflicts WHERE tenant > names.tenant),
                    (SELECT min(tenant) FROM refused_events WHERE tenant > names.tenant),
                    (SELECT min(tenant) FROM rule_outcomes WHERE tenant > names.tenant),
                    (SELECT min(tenant) FROM metrics_1d WHERE tenant > names.tenant))
                  FROM names WHERE tenant IS NOT NULL)
                SELECT tenant FROM names WHERE tenant IS NOT NULL
                """);
    return new Session(connection, List.of()).list(sql, row -> row.text("tenant"));
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T inSnapshot(Work<T> work) {
    HikariDataSource opened = pool;
    if (opened == null) {
      throw new StoreUnavailableException("the database has not been migrated yet");
    }
    try (Connection connection = opened.getConnection()) {
      T result = work.on(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw translate(e);
    }
  }

  private RuntimeException translate(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.equals(STATEMENT_TIMEOUT)) {
      return new StoreUnavailableException(
          "the database took longer than "
              + config.statementTimeoutMs()
              + " ms; ask for a shorter range",
          e);
    }
    boolean isPassing =
        e instanceof SQLTransientException
            || state.equals(REFUSES_CONNECTIONS)
            || (state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2)));
    return isPassing
        ? new StoreUnavailableException("the database is not reachable", e)
        : new IllegalStateException("the database refused a read, SQLState " + state, e);
  }

  private static HikariConfig settings(ApiConfig.Database database) {
    HikariConfig settings = new HikariConfig();
    settings.setPoolName("waymark-reads");
    settings.setJdbcUrl(database.url());
    settings.setUsername(database.user());
    settings.setPassword(database.password());
    settings.setMaximumPoolSize(database.poolSize());
    settings.setMinimumIdle(1);
    // It was there a moment ago; where it is gone again, find it when it is back.
    settings.setInitializationFailTimeout(-1);
    settings.setConnectionTimeout(ApiConfig.PATIENCE_MS);
    settings.setValidationTimeout(ApiConfig.PATIENCE_MS / 2);
    // One snapshot a read, so that the parts of an answer agree; and no read can ever write.
    settings.setReadOnly(true);
    settings.setAutoCommit(false);
    settings.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    // A plan for any tenant would be a bad one for the small among them; planning takes a
    // millisecond.
    settings.addDataSourceProperty(
        "options",
        "-c statement_timeout="
            + database.statementTimeoutMs()
            + " -c plan_cache_mode=force_custom_plan");
    settings.addDataSourceProperty("ApplicationName", "waymark-query-api");
    settings.addDataSourceProperty("connectTimeout", String.valueOf(ApiConfig.PATIENCE_MS / 1_000));
    // Beyond the statement's own limit: only for a server that has gone without a word.
    settings.addDataSourceProperty(
        "socketTimeout", String.valueOf(database.statementTimeoutMs() / 1_000 + 5));
    return settings;
  }
}
