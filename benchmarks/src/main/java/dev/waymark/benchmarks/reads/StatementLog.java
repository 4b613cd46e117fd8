package dev.waymark.benchmarks.reads;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements that the API really sent for a request, with their values, out of PostgreSQL's own
 * log, to be sent again without the API.
 */
final class StatementLog {
  private static final String MARK = "waymark-query-api¦";
  private static final Pattern ENTRY =
      Pattern.compile("duration: [0-9.]+ ms  execute (?!fetch from)[^:]*: (.*)", Pattern.DOTALL);
  private static final Pattern VALUE = Pattern.compile("\\$(\\d+) = ('(?:[^']|'')*'|NULL)");
  private static final Pattern PLACE = Pattern.compile("\\$(\\d+)");
  private static final int FETCH_ROWS = 500;
  private static final long LOG_DELAY_MS = 300;

  private final Connection connection;
  private final Path log;

  StatementLog(Connection connection, Path log) {
    this.connection = connection;
    this.log = log;
  }

  /** What is done while statements are logged. */
  interface Work {
    void run() throws Exception;
  }

  /** Every reading statement that the work made the API send. */
  List<String> of(Work work) throws Exception {
    set("log_line_prefix", "'%a¦'");
    set("log_min_duration_statement", "0");
    long from = log.toFile().length();
    try {
      work.run();
      Thread.sleep(LOG_DELAY_MS);
    } finally {
      set("log_min_duration_statement", "-1");
    }
    return statements(from);
  }

  /** Sends them as the API does, in one transaction and in portions, and reads all rows. */
  void replay(List<String> statements) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_ROWS);
      for (String sql : statements) {
        try (ResultSet rows = statement.executeQuery(sql)) {
          int columns = rows.getMetaData().getColumnCount();
          while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
              rows.getString(i);
            }
          }
        }
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private void set(String name, String value) throws SQLException, InterruptedException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET " + name + " = " + value);
      statement.execute("SELECT pg_reload_conf()");
    }
    Thread.sleep(LOG_DELAY_MS);
  }

  private List<String> statements(long from) throws IOException {
    List<String> statements = new ArrayList<>();
    String statement = null;
    for (String entry : read(from).split("(?=" + MARK + ")|(?=\n[^\t])")) {
      String text = entry.strip();
      if (!text.startsWith(MARK)) {
        continue;
      }
      Matcher execute = ENTRY.matcher(text);
      if (execute.find()) {
        statement = execute.group(1).replace("\n\t", "\n");
        if (isRead(statement) && !statement.contains("$1")) {
          statements.add(statement);
        }
      } else if (text.contains("DETAIL:  Parameters: ") && statement != null && isRead(statement)) {
        statements.add(withValues(statement, text));
        statement = null;
      }
    }
    return statements;
  }

  private static boolean isRead(String statement) {
    boolean isQuery = statement.startsWith("SELECT") || statement.startsWith("WITH");
    return isQuery && !statement.contains("search_queue");
  }

  private String read(long from) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(from);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static String withValues(String statement, String detail) {
    List<String> values = new ArrayList<>();
    Matcher value = VALUE.matcher(detail);
    while (value.find()) {
      values.add(value.group(2));
    }
    return PLACE
        .matcher(statement)
        .replaceAll(
            place -> Matcher.quoteReplacement(values.get(Integer.parseInt(place.group(1)) - 1)));
  }
}
