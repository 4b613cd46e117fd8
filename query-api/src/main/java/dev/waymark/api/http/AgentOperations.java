package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.Role;
import dev.waymark.api.store.AgentView;
import dev.waymark.api.store.PageView;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Agents, and how they fare. */
@Tag(name = "Agents")
public interface AgentOperations {
  /**
   * Every agent that was ever seen, by tenant and name, with its figures over a range; without
   * {@code from} and {@code to} over everything stored.
   */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER})
  @Get("/api/v1/agents")
  @Operation(
      summary = "Agents by name: last seen, silent since, runs, violations, errors, cost, latency")
  PageView<AgentView> agents(@RequestBean AgentsQuery query);
}
