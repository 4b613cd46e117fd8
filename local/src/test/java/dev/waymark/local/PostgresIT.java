package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL as a process. */
final class PostgresIT {
  @TempDir private Path folder;
  private StackConfig config;
  private Service postgres;

  @BeforeEach
  void prepare() throws Exception {
    config = TestStack.in(folder).config();
    postgres = Parts.postgres(config);
    postgres.start();
  }

  @AfterEach
  void stop() throws Exception {
    postgres.stop();
  }

  @Test
  void isDurableAndHasTheDatabase() throws Exception {
    assertThat(query("show fsync")).isEqualTo("on");
    assertThat(query("show synchronous_commit")).isEqualTo("on");
    assertThat(query("select current_database()")).isEqualTo("waymark");
    assertThat(query("show listen_addresses")).isEqualTo("127.0.0.1");
  }

  @Test
  void keepsItsDataFromStartToStart() throws Exception {
    // Given
    execute("create table kept (n int)", "insert into kept values (42)");

    // When
    postgres.stop();
    postgres.start();

    // Then
    assertThat(query("select n from kept")).isEqualTo("42");
  }

  @Test
  void keepsWhatWasCommittedWhenItIsKilled() throws Exception {
    // Given
    execute("create table kept (n int)", "insert into kept values (42)");

    // When
    postgres.process().orElseThrow().kill();
    // Its own children notice on their own; a new server refuses to start before they have.
    Path files = PostgresService.databaseFiles(config.data());
    Await.until("no process at work", () -> !new PostmasterPid(files).someoneWorksHere());
    postgres.start();

    // Then
    assertThat(query("select n from kept")).isEqualTo("42");
  }

  @Test
  void startsAlthoughItsLockNamesAnotherProcess() throws Exception {
    // Given: what a machine that lost its power leaves, once the number is someone else's.
    postgres.stop();
    Path lock = PostgresService.databaseFiles(config.data()).resolve("postmaster.pid");
    Files.writeString(lock, ProcessHandle.current().pid() + "\n");

    // When
    postgres.start();

    // Then
    assertThat(query("select 1")).isEqualTo("1");
  }

  private void execute(String... statements) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private String query(String sql) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private Connection connect() throws Exception {
    return DriverManager.getConnection(
        config.database().url(), config.database().user(), config.database().password());
  }
}
