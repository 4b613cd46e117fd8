package dev.waymark.api.store;

import java.util.List;

/** Statements over the windows that cover a range. */
record MetricQuery(Session session, MetricFilter filter, List<Segment> segments) {
  /** One row: {@link Figures#SUMS}. */
  Sql sums() {
    return addWindows(new Sql().add("SELECT " + Figures.SUMS));
  }

  /** One row a window that has a sketch. */
  Sql sketches() {
    return addWindows(new Sql().add("SELECT latency_sketch, gen_latency_sketch"))
        .add("WHERE latency_sketch IS NOT NULL OR gen_latency_sketch IS NOT NULL");
  }

  /** Adds {@code FROM} all windows of the segments that the filter lets through. */
  Sql addWindows(Sql sql) {
    sql.add("FROM (");
    if (segments.isEmpty()) {
      sql.add("SELECT * FROM metrics_1m WHERE false");
    }
    for (int i = 0; i < segments.size(); i++) {
      if (i > 0) {
        sql.add("UNION ALL");
      }
      addSegment(sql, segments.get(i));
    }
    return sql.add(") windows");
  }

  private void addSegment(Sql sql, Segment segment) {
    switch (segment.granularity()) {
      case MINUTE -> sql.add("SELECT * FROM metrics_1m");
      case HOUR -> sql.add("SELECT * FROM metrics_1h");
      case DAY -> sql.add("SELECT * FROM metrics_1d");
    }
    sql.add("WHERE tenant = ANY (?)", session.tenants())
        .add("AND bucket >= ? AND bucket < ?", segment.from(), segment.to())
        .addIf(filter.agent(), "AND agent_id = ?")
        .addIf(filter.model(), "AND model = ?")
        .addIf(filter.action(), "AND action = ?");
  }
}
