package dev.waymark.api.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** One snapshot of the database, and the tenants that its statements are confined to. */
final class Session {
  /** Rows fetched at once, so that a large result never lies in memory as a whole. */
  private static final int FETCH_ROWS = 500;

  /**
   * Opens a subquery that runs once for each tenant of the scope, so that every filter and order is
   * served by an index that begins with the tenant, whether the scope is one tenant or all. Takes
   * {@link #tenants()} as its value.
   */
  static final String EACH_TENANT = "FROM unnest(?::text[]) AS scope(tenant) CROSS JOIN LATERAL (";

  private final Connection connection;
  private final List<String> tenants;
  private final Optional<List<String>> agents;

  Session(Connection connection, List<String> tenants) {
    this(connection, tenants, Optional.empty());
  }

  /**
   * @param agents whose rows every statement is confined to, whatever it says itself; empty: all
   */
  Session(Connection connection, List<String> tenants, Optional<List<String>> agents) {
    this.connection = connection;
    this.tenants = tenants;
    this.agents = agents;
  }

  /** What a row becomes. */
  interface Mapper<T> {
    T map(Row row) throws SQLException;
  }

  /** What is done with a row. */
  interface RowConsumer {
    void accept(Row row) throws SQLException;
  }

  /**
   * The names behind the scope, to be bound as {@code tenant = ANY (?)} or {@code
   * unnest(?::text[])}.
   */
  List<String> tenants() {
    return tenants;
  }

  <T> List<T> list(Sql sql, Mapper<T> mapper) throws SQLException {
    List<T> items = new ArrayList<>();
    each(sql, row -> items.add(mapper.map(row)));
    return items;
  }

  /** Returns how many rows it changed. */
  int update(Sql sql) throws SQLException {
    try (PreparedStatement statement = sql.prepare(connection)) {
      return statement.executeUpdate();
    }
  }

  /** The one row of an aggregate. */
  <T> T single(Sql sql, Mapper<T> mapper) throws SQLException {
    return list(sql, mapper).get(0);
  }

  /** A page of a list whose statement fetches {@link PageRequest#fetch()} rows. */
  <T> PageView<T> page(Sql sql, PageRequest request, Mapper<T> mapper, Function<T, Cursor> cursorAt)
      throws SQLException {
    return page(sql, request, row -> true, mapper, cursorAt);
  }

  /** The same, ending before the first row whose column {@code fits} is false. */
  <T> PageView<T> pageThatFits(
      Sql sql, PageRequest request, Mapper<T> mapper, Function<T, Cursor> cursorAt)
      throws SQLException {
    return page(sql, request, row -> row.flag("fits"), mapper, cursorAt);
  }

  private <T> PageView<T> page(
      Sql sql,
      PageRequest request,
      Mapper<Boolean> fits,
      Mapper<T> mapper,
      Function<T, Cursor> cursorAt)
      throws SQLException {
    List<T> items = new ArrayList<>();
    AtomicBoolean hasMore = new AtomicBoolean();
    each(
        sql,
        row -> {
          if (items.size() < request.limit() && fits.map(row)) {
            items.add(mapper.map(row));
          } else {
            hasMore.set(true);
          }
        });
    return new PageView<>(
        items, hasMore.get() ? cursorAt.apply(items.get(items.size() - 1)).encode() : null);
  }

  void each(Sql sql, RowConsumer consumer) throws SQLException {
    eachWhile(
        sql,
        row -> {
          consumer.accept(row);
          return true;
        });
  }

  /** Row by row until one is answered with false. */
  void eachWhile(Sql sql, Mapper<Boolean> consumer) throws SQLException {
    Sql confined = agents.map(sql::ofAgents).orElse(sql);
    try (PreparedStatement statement = confined.prepare(connection)) {
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet result = statement.executeQuery()) {
        Row row = new Row(result);
        boolean isWanted = true;
        while (isWanted && result.next()) {
          isWanted = consumer.map(row);
        }
      }
    }
  }
}
