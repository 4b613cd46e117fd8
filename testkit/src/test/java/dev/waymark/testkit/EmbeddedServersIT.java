package dev.waymark.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class EmbeddedServersIT {
  @Test
  void givesEachCallerTablesOfItsOwn() throws SQLException {
    try (EmbeddedDatabase one = EmbeddedDatabase.migrated();
        EmbeddedDatabase other = EmbeddedDatabase.migrated()) {
      // When
      insertBooks(one.dataSource());

      // Then
      assertThat(countBooks(one.dataSource())).isEqualTo(1);
      assertThat(countBooks(other.dataSource())).isZero();
    }
  }

  @Test
  void refusesConnectionsUntilAllowedAgain() throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.migrated()) {
      // When
      database.refuseConnections();

      // Then
      assertThatThrownBy(() -> countBooks(database.dataSource())).isInstanceOf(SQLException.class);
      database.allowConnections();
      assertThat(countBooks(database.dataSource())).isZero();
    }
  }

  @Test
  void keepsTopicsOverARestartOnTheSamePort() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      // Given
      kafka.createTopic("kept", 3, Map.of());

      // When
      kafka.stop();
      kafka.restart();

      // Then
      try (Admin admin = kafka.admin()) {
        assertThat(admin.listTopics().names().get()).containsExactly("kept");
      }
    }
  }

  private static void insertBooks(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO job_books (job, counter, value, checkpoint_id) VALUES ('j', 'read', 1, 1)");
    }
  }

  private static long countBooks(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM job_books")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
