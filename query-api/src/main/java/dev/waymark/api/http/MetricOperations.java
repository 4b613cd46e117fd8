package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.Role;
import dev.waymark.api.store.MetricsView;
import dev.waymark.api.store.SeriesView;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What agents cost and how long they take. */
@Tag(name = "Metrics")
public interface MetricOperations {
  /** Totals over a range; without {@code from} and {@code to} over everything stored. */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER})
  @Get("/api/v1/metrics")
  @Operation(summary = "Totals over a range")
  MetricsView totals(@RequestBean MetricsQuery query);

  /** Figures over time, split by agent, model or action. */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER})
  @Get("/api/v1/metrics/series")
  @Operation(summary = "Figures over time")
  SeriesView series(@RequestBean MetricSeriesQuery query);
}
