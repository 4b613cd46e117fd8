package dev.waymark.jobs.backtest;

import dev.waymark.jobs.config.DatabaseConfig;
import dev.waymark.jobs.config.DecodeConfig;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.ports.IncomingTypeInfoFactory;
import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.event.UndecodableException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.jdbc.core.datastream.source.JdbcSource;
import org.apache.flink.connector.jdbc.core.datastream.source.reader.extractor.ResultExtractor;
import org.jspecify.annotations.Nullable;

/**
 * Events of the trail in order of time, with the ends of runs that were finalized: what the engine
 * would have seen of them, had it begun then. Runs that began before the range are left out, as
 * their beginnings are not seen; so are events whose clock was wrong, which are never judged.
 *
 * @param count events there are
 * @param lastMicros time of the last one; 0 where there is none
 */
record StoredEvents(Filter filter, long count, long lastMicros) {
  private static final String DRIVER = "org.postgresql.Driver";
  private static final int FETCH_ROWS = 1_000;

  /**
   * Which events.
   *
   * @param agent of the run's first event
   * @param fromMicros inclusive
   * @param toMicros exclusive
   */
  record Filter(
      @Nullable String tenant,
      @Nullable String agent,
      @Nullable Long fromMicros,
      @Nullable Long toMicros) {}

  /** A condition for each part of the filter that is there, and its values as text. */
  private record Where(String sql, List<String> values) {}

  static StoredEvents count(Connection connection, Filter filter) throws SQLException {
    Where where = events(filter);
    try (PreparedStatement select =
        connection.prepareStatement("SELECT count(*), max(t) FROM events e WHERE " + where.sql)) {
      for (int i = 0; i < where.values.size(); i++) {
        select.setString(i + 1, where.values.get(i));
      }
      try (ResultSet row = select.executeQuery()) {
        row.next();
        OffsetDateTime last = row.getObject(2, OffsetDateTime.class);
        return new StoredEvents(
            filter, row.getLong(1), last == null ? 0 : Times.micros(last.toInstant()));
      }
    }
  }

  /** Reads them with a cursor, so that they never lie in memory as a whole. */
  Source<Incoming, ?, ?> source(DatabaseConfig database, DecodeConfig decode) {
    // What was stored after the count stays out: the end of the input is known.
    Filter counted = new Filter(filter.tenant, filter.agent, filter.fromMicros, lastMicros + 1);
    Where events = events(counted);
    Where ends = ends(filter);
    List<String> values = new ArrayList<>(events.values);
    values.addAll(ends.values);
    return JdbcSource.<Incoming>builder()
        .setDBUrl(database.url())
        .setUsername(database.user())
        .setPassword(database.password())
        .setDriverName(DRIVER)
        .setAutoCommit(false)
        .setResultSetFetchSize(FETCH_ROWS)
        .setSplitReaderFetchBatchSize(FETCH_ROWS)
        .setSql(
            "SELECT t, tenant, run_id, body FROM events e WHERE "
                + events.sql
                + " UNION ALL SELECT finalized_at, tenant, run_id, NULL FROM runs e WHERE "
                + ends.sql
                + " ORDER BY t")
        .setJdbcParameterValuesProvider(
            () -> new Serializable[][] {values.toArray(Serializable[]::new)})
        .setResultExtractor(new ReadRow(decode))
        .setTypeInformation(IncomingTypeInfoFactory.TYPE)
        .build();
  }

  private static Where events(Filter filter) {
    StringBuilder sql = new StringBuilder("NOT e.clock_skew");
    List<String> values = new ArrayList<>();
    addRange(sql, values, "e.t", filter);
    if (filter.fromMicros != null) {
      sql.append(
          " AND NOT EXISTS (SELECT FROM runs r WHERE r.tenant = e.tenant AND r.run_id = e.run_id"
              + " AND r.started_at < ?::timestamptz)");
      values.add(Times.format(filter.fromMicros));
    }
    if (filter.agent != null) {
      sql.append(
          " AND EXISTS (SELECT FROM runs r WHERE r.tenant = e.tenant AND r.run_id = e.run_id"
              + " AND r.agent_id = ?)");
      values.add(filter.agent);
    }
    return new Where(sql.toString(), values);
  }

  private static Where ends(Filter filter) {
    StringBuilder sql = new StringBuilder("e.finalized_at IS NOT NULL");
    List<String> values = new ArrayList<>();
    addRange(sql, values, "e.finalized_at", filter);
    if (filter.fromMicros != null) {
      sql.append(" AND e.started_at >= ?::timestamptz");
      values.add(Times.format(filter.fromMicros));
    }
    if (filter.agent != null) {
      sql.append(" AND e.agent_id = ?");
      values.add(filter.agent);
    }
    return new Where(sql.toString(), values);
  }

  private static void addRange(StringBuilder sql, List<String> values, String time, Filter filter) {
    if (filter.tenant != null) {
      sql.append(" AND e.tenant = ?");
      values.add(filter.tenant);
    }
    if (filter.fromMicros != null) {
      sql.append(" AND ").append(time).append(" >= ?::timestamptz");
      values.add(Times.format(filter.fromMicros));
    }
    if (filter.toMicros != null) {
      sql.append(" AND ").append(time).append(" < ?::timestamptz");
      values.add(Times.format(filter.toMicros));
    }
  }

  /** A row with a body is an event, one without the end of its run. */
  private static final class ReadRow implements ResultExtractor<Incoming> {
    private final DecodeConfig config;
    private transient @Nullable EventCodec codec;

    ReadRow(DecodeConfig config) {
      this.config = config;
    }

    @Override
    public Incoming extract(ResultSet row) throws SQLException {
      String body = row.getString("body");
      Decoded decoded = body == null ? end(row) : event(body);
      return new Incoming(decoded, null, 0, 0, 0, false, Incoming.NO_TIME);
    }

    private static Finalize end(ResultSet row) throws SQLException {
      long micros = Times.micros(row.getObject("t", OffsetDateTime.class).toInstant());
      return new Finalize(row.getString("tenant"), row.getString("run_id"), micros);
    }

    private Decoded event(String body) {
      if (codec == null) {
        codec = new EventCodec(config.limits());
      }
      try {
        return codec.decode(body.getBytes(StandardCharsets.UTF_8));
      } catch (UndecodableException e) {
        throw new IllegalStateException("the trail holds what is no event: " + e.detail(), e);
      }
    }
  }
}
