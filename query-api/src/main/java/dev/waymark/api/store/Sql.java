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
