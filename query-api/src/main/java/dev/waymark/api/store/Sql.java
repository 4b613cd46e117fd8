package dev.waymark.api.store;

import com.google.errorprone.annotations.CompileTimeConstant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement under construction. Its text can only be made of constants, which the compiler
 * checks; whatever a caller sent is bound. Values may be text, numbers, booleans, instants and
 * lists of text.
 */
final class Sql {
  private static final List<String> TABLES_WITH_AGENT =
      List.of(
          "runs",
          "daily_counts",
          "daily_count_changes",
          "events",
          "violations",
          "conflicts",
          "refused_events",
          "metrics_1m",
          "metrics_1h",
          "metrics_1d");

  private final StringBuilder text = new StringBuilder();
  private final List<@Nullable Object> values = new ArrayList<>();

  /** Adds text with one {@code ?} a value. */
  Sql add(@CompileTimeConstant final String fragment, @Nullable Object... bound) {
    text.append(fragment).append('\n');
    Collections.addAll(values, bound);
    return this;
  }

  /** Adds text with one {@code ?}, unless there is no value for it. */
  Sql addIf(@Nullable Object value, @CompileTimeConstant final String fragment) {
    return value == null ? this : add(fragment, value);
  }

  /**
   * The same statement over those rows of every table that are of these agents: each table's name
   * stands for a part of it from here on. Throws where a statement would see past that.
   */
  Sql ofAgents(List<String> agents) {
    boolean hasParts = text.indexOf("WITH ") == 0;
    if (hasParts && text.indexOf("WITH RECURSIVE") == 0) {
      throw new IllegalStateException("a recursive statement cannot be confined to agents");
    }
    Sql confined = new Sql();
    confined.text.append("WITH ");
    for (String table : TABLES_WITH_AGENT) {
      confined
          .text
          .append(table)
          .append(" AS NOT MATERIALIZED (SELECT * FROM ")
          .append(table)
          .append(" WHERE agent_id = ANY (?)),\n");
      confined.values.add(agents);
    }
    confined.text.append("rule_outcomes AS (SELECT * FROM rule_outcomes WHERE false)");
    confined.text.append(hasParts ? ",\n" : "\n").append(hasParts ? text.substring(5) : text);
    confined.values.addAll(values);
    return confined;
  }

  PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text.toString());
    for (int i = 0; i < values.size(); i++) {
      bind(connection, statement, i + 1, values.get(i));
    }
    return statement;
  }

  private static void bind(
      Connection connection, PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    if (value instanceof Instant instant) {
      statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
    } else if (value instanceof List<?> list) {
      statement.setArray(index, connection.createArrayOf("text", list.toArray()));
    } else {
      statement.setObject(index, value);
    }
  }
}
