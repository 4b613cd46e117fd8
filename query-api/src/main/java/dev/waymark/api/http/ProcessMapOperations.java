package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.Role;
import dev.waymark.api.store.ProcessMapView;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** How runs went, all of them together. */
@Tag(name = "Runs")
public interface ProcessMapOperations {
  /**
   * The directly-follows graph of the latest runs that pass the filters, with counts and median
   * gaps. How many events are read at most is configured, and told.
   */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER})
  @Get("/api/v1/process-map")
  @Operation(summary = "Which activity followed which in a set of runs, how often and how soon")
  ProcessMapView processMap(@RequestBean ProcessMapQuery query);
}
