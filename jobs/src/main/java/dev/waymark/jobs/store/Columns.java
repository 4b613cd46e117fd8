package dev.waymark.jobs.store;

import dev.waymark.schemas.event.Times;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Binds a row's columns one after the other, so that their order is said once, in the SQL. */
public final class Columns {
  /** What RFC 3339 can say; the database can hold more, a broken producer's clock can send more. */
  private static final long MAX_MS = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private final PreparedStatement statement;
  private int index;

  public Columns(PreparedStatement statement) {
    this.statement = statement;
  }

  public Columns text(@Nullable String value) throws SQLException {
    statement.setString(++index, value);
    return this;
  }

  public Columns number(long value) throws SQLException {
    statement.setLong(++index, value);
    return this;
  }

  public Columns number(int value) throws SQLException {
    statement.setInt(++index, value);
    return this;
  }

  public Columns optionalNumber(@Nullable Long value) throws SQLException {
    if (value == null) {
      statement.setNull(++index, Types.BIGINT);
      return this;
    }
    return number((long) value);
  }

  public Columns real(double value) throws SQLException {
    statement.setDouble(++index, value);
    return this;
  }

  public Columns optionalReal(@Nullable Double value) throws SQLException {
    if (value == null) {
      statement.setNull(++index, Types.DOUBLE);
      return this;
    }
    return real(value);
  }

  public Columns flag(boolean value) throws SQLException {
    statement.setBoolean(++index, value);
    return this;
  }

  public Columns bytes(byte @Nullable [] value) throws SQLException {
    statement.setBytes(++index, value);
    return this;
  }

  /** A timestamptz, from µs since the epoch. */
  public Columns micros(long value) throws SQLException {
    statement.setObject(++index, OffsetDateTime.ofInstant(Times.instant(value), ZoneOffset.UTC));
    return this;
  }

  public Columns optionalMicros(@Nullable Long value) throws SQLException {
    if (value == null) {
      statement.setNull(++index, Types.TIMESTAMP_WITH_TIMEZONE);
      return this;
    }
    return micros(value);
  }

  /** A timestamptz, from ms since the epoch; Kafka's can be anything, so it is clamped. */
  public Columns millis(long value) throws SQLException {
    return micros(Math.max(0, Math.min(MAX_MS, value)) * 1_000);
  }

  /** A text[]. */
  public Columns texts(String[] values) throws SQLException {
    statement.setArray(++index, statement.getConnection().createArrayOf("text", values));
    return this;
  }
}
