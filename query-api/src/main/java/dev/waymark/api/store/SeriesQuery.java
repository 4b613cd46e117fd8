package dev.waymark.api.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts a series together from four statements over one snapshot: sums, sketches, runs, violations.
 */
final class SeriesQuery {
  private final Session session;
  private final MetricFilter filter;
  private final Grouping grouping;
  private final Granularity granularity;
  private final MetricQuery windows;
  private final int maxPoints;
  private final boolean countsRuns;
  private final boolean countsViolations;
  private final Map<Group, TreeMap<Instant, Figures>> series = new LinkedHashMap<>();
  private int points;

  /** The name is null without grouping and for the groups beyond those shown. */
  private record Group(@Nullable String name) {}

  SeriesQuery(
      Session session,
      MetricFilter filter,
      Grouping grouping,
      Granularity granularity,
      MetricQuery windows,
      int maxPoints) {
    this.session = session;
    this.filter = filter;
    this.grouping = grouping;
    this.granularity = granularity;
    this.windows = windows;
    this.maxPoints = maxPoints;
    boolean isByAgentAtMost = grouping == Grouping.NONE || grouping == Grouping.AGENT;
    this.countsRuns = isByAgentAtMost && filter.action() == null;
    this.countsViolations = countsRuns && filter.model() == null;
  }

  /** The {@code top} groups by number of events, largest first, then the rest as one. */
  List<SeriesView.GroupView> groups(int top) throws SQLException {
    List<String> shown =
        grouping == Grouping.NONE ? List.of() : session.list(largest(top), row -> row.text("grp"));
    shown.forEach(name -> series.put(new Group(name), new TreeMap<>()));
    session.each(sums(shown), row -> at(row).takeSums(row));
    session.each(sketches(shown), row -> at(row).mergeSketches(row));
    if (countsRuns) {
      session.each(runs(shown), row -> at(row).setRuns(row.number("count")));
    }
    if (countsViolations) {
      session.each(violations(shown), row -> at(row).setViolations(row.number("count")));
    }
    return series.entrySet().stream().map(entry -> view(entry.getKey(), entry.getValue())).toList();
  }

  private Figures at(Row row) throws SQLException {
    Instant bucket = row.instant("bucket");
    return series
        .computeIfAbsent(new Group(row.optionalText("grp")), group -> new TreeMap<>())
        .computeIfAbsent(bucket, start -> newPoint());
  }

  private Figures newPoint() {
    points++;
    if (points > maxPoints) {
      throw new UnanswerableException(
          "granularity",
          "gives more than "
              + maxPoints
              + " points; ask for wider windows, fewer groups or a shorter range");
    }
    return new Figures(countsRuns, countsViolations);
  }

  private Sql largest(int top) {
    Sql sql = new Sql();
    switch (grouping) {
      case NONE -> throw new IllegalStateException("no groups to rank");
      case AGENT -> sql.add("SELECT agent_id AS grp");
      case MODEL -> sql.add("SELECT model AS grp");
      case ACTION -> sql.add("SELECT action AS grp");
    }
    return windows.addWindows(sql).add("GROUP BY grp ORDER BY sum(events) DESC, grp LIMIT ?", top);
  }

  private Sql sums(List<String> shown) {
    Sql sql = addGroup(new Sql().add("SELECT bucket,"), shown).add("," + Figures.SUMS);
    return windows
        .addWindows(sql)
        .add("GROUP BY bucket, grp ORDER BY bucket, grp LIMIT ?", maxPoints + 1);
  }

  private Sql sketches(List<String> shown) {
    Sql sql =
        addGroup(new Sql().add("SELECT bucket,"), shown)
            .add(", latency_sketch, gen_latency_sketch");
    return windows
        .addWindows(sql)
        .add("WHERE latency_sketch IS NOT NULL OR gen_latency_sketch IS NOT NULL");
  }

  private Sql runs(List<String> shown) {
    return addTotals(CountQuery.addRuns(addBucket(shown), session, filter, granularity));
  }

  private Sql violations(List<String> shown) {
    return addTotals(CountQuery.addViolations(addBucket(shown), session, filter, granularity));
  }

  private Sql addBucket(List<String> shown) {
    Sql sql = new Sql().add("SELECT");
    switch (granularity) {
      case MINUTE -> sql.add("date_bin('1 minute', at, '2000-01-03Z') AS bucket,");
      case HOUR -> sql.add("date_bin('1 hour', at, '2000-01-03Z') AS bucket,");
      case DAY -> sql.add("date_bin('1 day', at, '2000-01-03Z') AS bucket,");
    }
    return addGroup(sql, shown).add(", sum(n)::bigint AS count");
  }

  private Sql addTotals(Sql sql) {
    return sql.add("GROUP BY 1, 2 HAVING sum(n) <> 0 ORDER BY 1, 2 LIMIT ?", maxPoints + 1);
  }

  private Sql addGroup(Sql sql, List<String> shown) {
    return switch (grouping) {
      case NONE -> sql.add("NULL::text AS grp");
      case AGENT -> sql.add("CASE WHEN agent_id = ANY (?) THEN agent_id END AS grp", shown);
      case MODEL -> sql.add("CASE WHEN model = ANY (?) THEN model END AS grp", shown);
      case ACTION -> sql.add("CASE WHEN action = ANY (?) THEN action END AS grp", shown);
    };
  }

  private SeriesView.GroupView view(Group group, TreeMap<Instant, Figures> figures) {
    List<SeriesView.PointView> shown =
        figures.entrySet().stream()
            .map(point -> new SeriesView.PointView(point.getKey(), point.getValue().view()))
            .toList();
    boolean isRest = group.name() == null && grouping != Grouping.NONE;
    return new SeriesView.GroupView(group.name(), isRest, shown);
  }
}
