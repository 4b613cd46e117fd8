package dev.waymark.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.schemas.violation.Violation;
import dev.waymark.testkit.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViolationTableIT {

  @Test
  void aSummaryGrowsWithItsMessageAndNeverShrinks() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.migrated();
        Connection connection = database.dataSource().getConnection()) {
      // When a summary grows, and is then replayed
      for (long suppressed : List.of(1L, 3L, 2L)) {
        upsert(connection, summary(suppressed));
      }

      // Then
      try (ResultSet row =
          connection
              .createStatement()
              .executeQuery("SELECT suppressed, message, facts->>'suppressed' FROM violations")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getLong(1)).isEqualTo(3);
        assertThat(row.getString(2)).isEqualTo("3 more");
        assertThat(row.getString(3)).isEqualTo("3");
        assertThat(row.next()).isFalse();
      }
    }
  }

  private static void upsert(Connection connection, Violation violation) throws Exception {
    ViolationTable table = new ViolationTable();
    try (PreparedStatement statement = connection.prepareStatement(table.upsertSql())) {
      table.accept(statement, violation);
      statement.executeUpdate();
    }
  }

  private static Violation summary(long suppressed) {
    return new Violation(
        "0".repeat(32),
        "t",
        "rule",
        "1".repeat(64),
        "sequence",
        "response",
        "ERROR",
        "",
        "",
        null,
        null,
        0,
        suppressed + " more",
        List.of(),
        Map.of("suppressed", String.valueOf(suppressed)),
        List.of(),
        "",
        "",
        false,
        suppressed);
  }
}
