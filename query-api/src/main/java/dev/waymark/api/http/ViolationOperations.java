package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.ViolationView;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Broken rules and what proves it. */
@Tag(name = "Violations")
public interface ViolationOperations {
  /** Violations, the latest first; their evidence without the events' records. */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER})
  @Get("/api/v1/violations")
  @Operation(summary = "Violations, the latest first")
  PageView<ViolationView> list(@RequestBean ViolationsQuery query);

  /**
   * One violation, its evidence with the events' records.
   *
   * @param violationId its id
   */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/violations/{violation_id}")
  @Operation(summary = "One violation, with the events that prove it")
  ViolationView violation(@PathVariable("violation_id") String violationId);
}
