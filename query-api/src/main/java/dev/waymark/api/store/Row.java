package dev.waymark.api.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The current row of a result, by column name. */
final class Row {
  private final ResultSet result;

  Row(ResultSet result) {
    this.result = result;
  }

  String text(String column) throws SQLException {
    return present(column, result.getString(column));
  }

  @Nullable String optionalText(String column) throws SQLException {
    return result.getString(column);
  }

  long number(String column) throws SQLException {
    return result.getLong(column);
  }

  @Nullable Long optionalNumber(String column) throws SQLException {
    long value = result.getLong(column);
    return result.wasNull() ? null : value;
  }

  double real(String column) throws SQLException {
    return result.getDouble(column);
  }

  @Nullable Double optionalReal(String column) throws SQLException {
    double value = result.getDouble(column);
    return result.wasNull() ? null : value;
  }

  boolean flag(String column) throws SQLException {
    return result.getBoolean(column);
  }

  Instant instant(String column) throws SQLException {
    return present(column, optionalInstant(column));
  }

  @Nullable Instant optionalInstant(String column) throws SQLException {
    OffsetDateTime time = result.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  List<String> texts(String column) throws SQLException {
    return Arrays.asList((String[]) present(column, result.getArray(column)).getArray());
  }

  byte @Nullable [] optionalBytes(String column) throws SQLException {
    return result.getBytes(column);
  }

  byte[] bytes(String column) throws SQLException {
    return present(column, result.getBytes(column));
  }

  String hex(String column) throws SQLException {
    return HexFormat.of().formatHex(bytes(column));
  }

  RawJson json(String column) throws SQLException {
    return new RawJson(text(column));
  }

  @Nullable RawJson optionalJson(String column) throws SQLException {
    String json = result.getString(column);
    return json == null ? null : new RawJson(json);
  }

  private static <T> T present(String column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("column " + column + " is null");
    }
    return value;
  }
}
