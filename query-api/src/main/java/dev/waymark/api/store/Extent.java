package dev.waymark.api.store;

import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stretch of time the scope's metrics cover.
 *
 * @param firstDay beginning of the first day stored; null: nothing is
 * @param lastDay beginning of the last day stored; null: nothing is
 * @param minutesFrom from here on minutes are kept; before it, where older ones were dropped, only
 *     hours and days
 */
record Extent(@Nullable Instant firstDay, @Nullable Instant lastDay, Instant minutesFrom) {
  static Extent of(Session session) throws SQLException {
    // One step in an index for each tenant and end.
    Sql sql =
        new Sql()
            .add(
                """
                SELECT min(d.first) AS first_day, max(d.last) AS last_day, min(h.first) AS first_hour,
                  min(m.first) AS first_minute
                FROM unnest(?::text[]) AS scope(tenant)
                CROSS JOIN LATERAL (
                  SELECT min(bucket) AS first, max(bucket) AS last FROM metrics_1d WHERE tenant = scope.tenant) d
                CROSS JOIN LATERAL (SELECT min(bucket) AS first FROM metrics_1h WHERE tenant = scope.tenant) h
                CROSS JOIN LATERAL (SELECT min(bucket) AS first FROM metrics_1m WHERE tenant = scope.tenant) m
                """,
                session.tenants());
    return session.single(
        sql,
        row ->
            new Extent(
                row.optionalInstant("first_day"),
                row.optionalInstant("last_day"),
                minutesFrom(
                    row.optionalInstant("first_hour"), row.optionalInstant("first_minute"))));
  }

  /** Hours that are older than any minute tell that minutes were dropped. */
  private static Instant minutesFrom(@Nullable Instant firstHour, @Nullable Instant firstMinute) {
    if (firstHour == null) {
      return Instant.MIN;
    }
    if (firstMinute == null) {
      return Instant.MAX;
    }
    Instant hourOfFirstMinute = Granularity.HOUR.floor(firstMinute);
    return firstHour.isBefore(hourOfFirstMinute) ? hourOfFirstMinute : Instant.MIN;
  }

  /**
   * The range that can be measured: what was asked for, widened to whole minutes, or hours where
   * minutes are gone; open ends become those of what is stored. Open ends stay open where nothing
   * is stored.
   */
  TimeRange measurable(TimeRange asked) {
    Instant from = asked.from() == null ? firstDay : edge(asked.from()).floor(asked.from());
    Instant to = asked.to() == null ? end() : edge(asked.to()).ceil(asked.to());
    if (from != null && to != null && to.isBefore(from)) {
      // An open end that lies on the other side of what was asked for: an empty range there.
      return asked.from() == null ? new TimeRange(to, to) : new TimeRange(from, from);
    }
    return new TimeRange(from, to);
  }

  private Granularity edge(Instant instant) {
    return instant.isBefore(minutesFrom) ? Granularity.HOUR : Granularity.MINUTE;
  }

  private @Nullable Instant end() {
    return lastDay == null ? null : lastDay.plusSeconds(Granularity.DAY.seconds());
  }
}
