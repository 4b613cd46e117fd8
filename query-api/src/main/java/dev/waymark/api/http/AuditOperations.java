package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The door of flat audit events. Both throw what is answered as a problem. */
@Tag(name = "Doors")
public interface AuditOperations {
  /**
   * Takes one event and answers once the broker has it.
   *
   * @param body {@code {event_id, timestamp, agent_instance_id, trace_id, actor, action_type,
   *     resource, status, latency_ms, metadata}}
   */
  @Access(
      value = {Role.ADMIN, Role.AGENT},
      kind = AccessKind.INGEST)
  @Post("/v1/events")
  @Consumes(MediaType.ALL)
  @Operation(summary = "Take a flat audit event")
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = AuditReceiptView.class)))
  HttpResponse<AuditReceiptView> take(
      @Body byte @Nullable [] body, @Parameter(hidden = true) HttpRequest<?> request);

  /**
   * The last events of an agent that name a resource, the newest first.
   *
   * @param agentId the agent's id
   */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/v1/agents/{agent_id}/events")
  @Operation(summary = "The last flat audit events of an agent, the newest first")
  AuditEventsView ofAgent(
      @PathVariable("agent_id") String agentId, @RequestBean AuditEventsQuery query);
}
