package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.Role;
import dev.waymark.api.store.DashboardView;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Totals of models for those who watch them; without dates over everything stored. */
@Tag(name = "Dashboard")
public interface DashboardOperations {
  /** Predictions, model calls, models and cost, whichever door they came through. */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER})
  @Get("/dashboard/overview")
  @Operation(summary = "Totals of predictions, model calls, models and cost, and the last events")
  DashboardView overview(@RequestBean DashboardQuery query);

  /** Predictions alone, as {@code /ingest/ml} takes them. */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER})
  @Get("/dashboard/ml-metrics")
  @Operation(summary = "Totals of predictions, and the last of them")
  DashboardView predictions(@RequestBean DashboardQuery query);

  /** Calls of language models alone. */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER})
  @Get("/dashboard/llm-metrics")
  @Operation(summary = "Totals of model calls, and the last of them")
  DashboardView languageModels(@RequestBean DashboardQuery query);
}
