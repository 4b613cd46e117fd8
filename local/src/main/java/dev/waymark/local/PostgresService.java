package dev.waymark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A PostgreSQL server with one database, durable ({@code fsync}, {@code synchronous_commit}) and
 * reachable on the loopback address only. Who can open a socket there needs no password: everyone
 * on this machine can read and write it. The API makes the tables.
 */
final class PostgresService extends ProcessService {
  static final String NAME = "postgres";

  /** SQLSTATE "cannot connect now": it starts, recovers or stops. */
  private static final String STARTING = "57P03";

  private static final String CONNECTION_CLASS = "08";
  private static final String MAINTENANCE_DATABASE = "postgres";

  private static final Map<String, String> OPTIONS =
      Map.of(
          "listen_addresses", StackConfig.LOOPBACK,
          "unix_socket_directories", "",
          "fsync", "on",
          "synchronous_commit", "on",
          "full_page_writes", "on",
          "shared_buffers", "64MB",
          "max_connections", "60",
          "log_checkpoints", "off",
          "timezone", "UTC",
          "log_timezone", "UTC");

  private final StackConfig.Database config;
  private final Path home;

  PostgresService(StackConfig.Database config, DataDir data, Duration startTimeout) {
    super(NAME, data, startTimeout);
    this.config = config;
    this.home = data.postgres();
  }

  @Override
  public Set<String> needs() {
    return Set.of();
  }

  @Override
  StopSignal stopSignal() {
    return StopSignal.INT;
  }

  @Override
  Command command() throws StartFailedException, IOException, InterruptedException {
    Files.createDirectories(home);
    PostgresBinaries programs = PostgresBinaries.in(home);
    if (!Files.isDirectory(databaseFiles())) {
      initialize(programs);
    }
    new PostmasterPid(databaseFiles()).deleteIfMisleading();
    return new Command(programs.program("postgres", arguments()), Map.of(), home);
  }

  @Override
  boolean isReady(ChildProcess process) throws IOException {
    try (Connection connection = connect(MAINTENANCE_DATABASE)) {
      return connection.isValid(0);
    } catch (SQLException e) {
      if (STARTING.equals(e.getSQLState()) || state(e).startsWith(CONNECTION_CLASS)) {
        return false;
      }
      throw new IOException("PostgreSQL does not let us in: " + e.getMessage(), e);
    }
  }

  @Override
  String whenReady() throws IOException {
    try (Connection connection = connect(MAINTENANCE_DATABASE);
        Statement statement = connection.createStatement()) {
      if (!databaseExists(statement)) {
        statement.execute("create database " + StackConfig.Database.NAME);
      }
    } catch (SQLException e) {
      throw new IOException("no database " + StackConfig.Database.NAME + ": " + e.getMessage(), e);
    }
    return config.url();
  }

  static Path databaseFiles(DataDir data) {
    return data.postgres().resolve("data");
  }

  private Path databaseFiles() {
    return databaseFiles(data());
  }

  private List<String> arguments() {
    Stream<String> place =
        Stream.of("-D", databaseFiles().toString(), "-p", String.valueOf(config.port()));
    Stream<String> options =
        OPTIONS.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .flatMap(option -> Stream.of("-c", option.getKey() + "=" + option.getValue()));
    return Stream.concat(place, options).toList();
  }

  /**
   * Makes the database files in a draft folder and renames it: half of a database never looks like
   * one.
   */
  private void initialize(PostgresBinaries programs)
      throws StartFailedException, IOException, InterruptedException {
    Path draft = home.resolve("data.new");
    Folders.delete(draft);
    List<String> initdb =
        programs.program(
            "initdb",
            List.of(
                "--pgdata=" + draft,
                "--username=" + config.user(),
                "--auth=trust",
                "--encoding=UTF8",
                // The same order of text on every machine.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
    ChildProcess process =
        ChildProcess.start("initdb", new Command(initdb, Map.of(), home), data());
    int exitCode = process.exit().join();
    if (exitCode != 0) {
      throw new StartFailedException(
          Text.of("initdb failed (exit code %d)%n%s", exitCode, explain(process)));
    }
    Files.deleteIfExists(data().pidFile("initdb"));
    Files.move(draft, databaseFiles(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean databaseExists(Statement statement) throws SQLException {
    try (ResultSet found =
        statement.executeQuery(
            "select 1 from pg_database where datname = '" + StackConfig.Database.NAME + "'")) {
      return found.next();
    }
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  private Connection connect(String database) throws SQLException {
    String url =
        Text.of(
            "jdbc:postgresql://%s:%d/%s?connectTimeout=2&socketTimeout=10",
            StackConfig.LOOPBACK, config.port(), database);
    return DriverManager.getConnection(url, config.user(), config.password());
  }
}
