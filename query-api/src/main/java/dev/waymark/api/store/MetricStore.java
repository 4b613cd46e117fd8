package dev.waymark.api.store;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.security.TenantScope;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Metrics over any range, from few rows: days where whole days are asked for, hours and minutes at
 * the edges. Counts add up and sketches merge, so that a percentile is the percentile of the range
 * and never an average of percentiles.
 */
@Singleton
public final class MetricStore {
  /**
   * What {@code auto} stays below: more points than a chart has pixels to tell apart help nobody.
   */
  private static final int AUTO_POINTS = 400;

  private final Database database;
  private final int maxPoints;

  MetricStore(Database database, ApiConfig config) {
    this.database = database;
    this.maxPoints = config.http().maxSeriesPoints();
  }

  /** Totals over the range of the filter. */
  public MetricsView totals(TenantScope scope, MetricFilter filter) {
    return database.read(scope, session -> totals(session, filter));
  }

  /**
   * Figures over time.
   *
   * @param granularity null: the finest that gives a chart's worth of points
   * @param top how many groups are shown one by one
   */
  public SeriesView series(
      TenantScope scope,
      MetricFilter filter,
      Grouping grouping,
      @Nullable Granularity granularity,
      int top) {
    return database.read(scope, session -> series(session, filter, grouping, granularity, top));
  }

  private static MetricsView totals(Session session, MetricFilter filter) throws SQLException {
    TimeRange range = Extent.of(session).measurable(filter.range());
    boolean countsRuns = filter.action() == null;
    boolean countsViolations = countsRuns && filter.model() == null;
    Figures figures = new Figures(countsRuns, countsViolations);
    if (range.from() != null && range.to() != null) {
      MetricQuery query = new MetricQuery(session, filter, Segment.cover(range.from(), range.to()));
      session.each(query.sums(), figures::takeSums);
      session.each(query.sketches(), figures::mergeSketches);
    }
    // Where an end is open, runs and violations count that the metrics do not know, such as those
    // of skewed clocks.
    MetricFilter counted = filter.withRange(filter.range().endsOf(range));
    if (countsRuns) {
      session.each(CountQuery.runs(session, counted), row -> figures.setRuns(row.number("count")));
    }
    if (countsViolations) {
      session.each(
          CountQuery.violations(session, counted),
          row -> figures.setViolations(row.number("count")));
    }
    return new MetricsView(range.from(), range.to(), figures.view());
  }

  private SeriesView series(
      Session session, MetricFilter filter, Grouping grouping, @Nullable Granularity asked, int top)
      throws SQLException {
    Extent extent = Extent.of(session);
    TimeRange known = extent.measurable(filter.range());
    if (known.from() == null || known.to() == null) {
      return new SeriesView(null, null, null, code(grouping), List.of());
    }
    Granularity granularity = asked == null ? fitting(extent, known.from(), known.to()) : asked;
    Segment segment =
        new Segment(granularity, granularity.floor(known.from()), granularity.ceil(known.to()));
    if (granularity == Granularity.MINUTE && segment.from().isBefore(extent.minutesFrom())) {
      throw new UnanswerableException(
          "granularity",
          "minutes are kept from " + extent.minutesFrom() + " on; ask for 1h or a later range");
    }
    MetricFilter whole = filter.withRange(new TimeRange(segment.from(), segment.to()));
    MetricQuery windows = new MetricQuery(session, whole, List.of(segment));
    List<SeriesView.GroupView> groups =
        new SeriesQuery(session, whole, grouping, granularity, windows, maxPoints).groups(top);
    return new SeriesView(segment.from(), segment.to(), granularity.code(), code(grouping), groups);
  }

  private static Granularity fitting(Extent extent, Instant from, Instant to) {
    long seconds = Duration.between(from, to).toSeconds();
    if (seconds / Granularity.MINUTE.seconds() <= AUTO_POINTS
        && !from.isBefore(extent.minutesFrom())) {
      return Granularity.MINUTE;
    }
    return seconds / Granularity.HOUR.seconds() <= AUTO_POINTS ? Granularity.HOUR : Granularity.DAY;
  }

  private static String code(Grouping grouping) {
    return grouping.name().toLowerCase(Locale.ROOT);
  }
}
