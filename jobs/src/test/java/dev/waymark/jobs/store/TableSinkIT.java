package dev.waymark.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waymark.jobs.config.WriteConfig;
import dev.waymark.jobs.ports.DeadLetter;
import dev.waymark.jobs.ports.DeadLetterOutlet;
import dev.waymark.testkit.Await;
import dev.waymark.testkit.EmbeddedDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableSinkIT {
  private static final SinkWriter.Context NO_CONTEXT = null;

  /** A note of at most ten characters, with a revision. */
  private record Note(String id, String text, long revision) {}

  private static final class NoteTable implements RowTable<Note> {
    @Override
    public String upsertSql() {
      return """
          INSERT INTO notes (id, text, revision) VALUES (?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET text = excluded.text, revision = excluded.revision
          WHERE excluded.revision >= notes.revision""";
    }

    @Override
    public Object key(Note row) {
      return row.id();
    }

    @Override
    public void accept(PreparedStatement statement, Note row) throws SQLException {
      new Columns(statement).text(row.id()).text(row.text()).number(row.revision());
    }

    @Override
    public DeadLetter refused(Note row, SQLException refusal) {
      return new DeadLetter(
          "test",
          "refused_by_store",
          refusal.getSQLState(),
          "notes",
          0,
          row.revision(),
          0,
          row.text().getBytes(StandardCharsets.UTF_8));
    }
  }

  private final EmbeddedDatabase database = EmbeddedDatabase.migrated();
  private final List<DeadLetter> refused = new ArrayList<>();
  private final TestProcessingTimeService clock = new TestProcessingTimeService();

  @BeforeEach
  void createTable() throws SQLException {
    execute(
        "CREATE TABLE notes (id text PRIMARY KEY, text varchar(10) NOT NULL, revision bigint NOT"
            + " NULL)");
  }

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  @Test
  void keepsTheLastRowOfAKeyInABatch() throws Exception {
    try (TableWriter<Note> writer = writer(100, 0)) {
      writer.write(new Note("a", "one", 1), NO_CONTEXT);
      writer.write(new Note("b", "one", 1), NO_CONTEXT);
      writer.write(new Note("a", "two", 2), NO_CONTEXT);
      writer.flush(false);
    }

    assertThat(notes()).containsExactly("a:two:2", "b:one:1");
  }

  @Test
  void neverGoesBackToAnOlderRevision() throws Exception {
    try (TableWriter<Note> writer = writer(1, 0)) {
      writer.write(new Note("a", "new", 5), NO_CONTEXT);
      writer.write(new Note("a", "old", 4), NO_CONTEXT);
      writer.write(new Note("a", "again", 5), NO_CONTEXT);
      writer.flush(false);
    }

    assertThat(notes()).containsExactly("a:again:5");
  }

  @Test
  void isolatesRefusedRowsAndWritesTheOthers() throws Exception {
    // Given two rows among 64 that the database cannot take: too long, and a NUL
    try (TableWriter<Note> writer = writer(64, 0)) {
      // When
      for (int i = 0; i < 64; i++) {
        String text = i == 13 ? "far too long a text" : i == 40 ? "nul\0" : "ok";
        writer.write(new Note("n" + i, text, i), NO_CONTEXT);
      }
      writer.flush(false);
    }

    // Then
    assertThat(notes()).hasSize(62).noneMatch(n -> n.startsWith("n13:") || n.startsWith("n40:"));
    assertThat(refused).extracting(DeadLetter::offset).containsExactly(13L, 40L);
    assertThat(refused).extracting(DeadLetter::detail).containsExactly("22001", "22021");
    assertThat(query("SELECT topic, kafka_offset, reason FROM dead_letters ORDER BY 2"))
        .containsExactly("notes:13:refused_by_store", "notes:40:refused_by_store");
  }

  @Test
  void writesOldRowsThoughTheBatchIsNotFull() throws Exception {
    try (TableWriter<Note> writer = writer(100, 0)) {
      writer.write(new Note("a", "one", 1), NO_CONTEXT);
      assertThat(notes()).isEmpty();

      clock.advance(500);

      Await.until("the row", this::hasNotes);
    }

    assertThat(notes()).containsExactly("a:one:1");
  }

  @Test
  void bridgesAShortAbsenceOfTheDatabase() throws Exception {
    try (TableWriter<Note> writer = writer(100, 6)) {
      // Given a connection that is cut
      writer.write(new Note("a", "one", 1), NO_CONTEXT);
      writer.flush(false);
      database.refuseConnections();
      writer.write(new Note("b", "two", 1), NO_CONTEXT);

      // When the database comes back while the writer tries
      CompletableFuture<Void> comesBack = CompletableFuture.runAsync(database::allowConnections);
      writer.flush(false);
      comesBack.join();
    }

    assertThat(notes()).containsExactly("a:one:1", "b:two:1");
  }

  @Test
  void failsWhenTheDatabaseStaysAway() {
    // Given
    database.refuseConnections();
    TableWriter<Note> writer = writer(1, 1);

    // Then
    assertThatThrownBy(() -> writeNow(writer, new Note("a", "one", 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("INSERT INTO notes");

    database.allowConnections();
  }

  @Test
  void failsAtOnceOnABugOfOurs() throws SQLException {
    // Given
    execute("DROP TABLE notes");
    TableWriter<Note> writer = writer(1, 3);

    // Then
    assertThatThrownBy(() -> writeNow(writer, new Note("a", "one", 1)))
        .isInstanceOf(IOException.class)
        .hasRootCauseMessage("ERROR: relation \"notes\" does not exist\n  Position: 13");
    assertThat(refused).isEmpty();
  }

  @Test
  void connectsThoughTheDriverIsNotRegistered() throws Exception {
    // Given
    Driver driver = DriverManager.getDriver(database.url());
    DriverManager.deregisterDriver(driver);

    // When
    try (TableWriter<Note> writer = writer(1, 0)) {
      writeNow(writer, new Note("a", "one", 1));
    } finally {
      DriverManager.registerDriver(driver);
    }

    // Then
    assertThat(notes()).containsExactly("a:one:1");
  }

  private static void writeNow(TableWriter<Note> writer, Note note) throws Exception {
    writer.write(note, NO_CONTEXT);
    writer.flush(false);
  }

  private TableWriter<Note> writer(int batchRows, int retries) {
    NoteTable table = new NoteTable();
    BatchWriter<Note> batches =
        new BatchWriter<>(
            new SimpleJdbcConnectionProvider(
                new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                    .withUrl(database.url())
                    .withDriverName(Connections.DRIVER)
                    .withUsername(database.user())
                    .withProperty("reWriteBatchedInserts", "true")
                    .build()),
            table,
            retries,
            new Collected(),
            new SimpleCounter());
    return new TableWriter<>(
        table,
        new WriteConfig(batchRows, 500, retries),
        batches,
        clock,
        UnregisteredMetricsGroup.createSinkWriterMetricGroup());
  }

  private final class Collected implements DeadLetterOutlet {
    @Override
    public void write(DeadLetter letter) {
      refused.add(letter);
    }

    @Override
    public void close() {}
  }

  private boolean hasNotes() {
    try {
      return !notes().isEmpty();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> notes() throws SQLException {
    return query("SELECT id, text, revision FROM notes ORDER BY id");
  }

  private List<String> query(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1) + ":" + result.getString(2) + ":" + result.getString(3));
      }
    }
    return rows;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
