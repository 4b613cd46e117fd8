package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** What happens right now. */
@Tag(name = "Live")
public interface FeedOperations {
  /**
   * Events, violations and metrics as they come, as server-sent events: {@code id}, {@code event}
   * (event, violation, metric or notice) and {@code data}, the message. The same over WebSocket at
   * {@code /ws/feed}, {@code /ws/runs/{run_id}/}, {@code /ws/agents/{agent_id}/} and {@code
   * /ws/dashboard/}. 503 where as many readers watch as may, or Kafka was not reached yet.
   *
   * @param lastEventId as browsers send it when they connect again
   */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/feed")
  @Produces("text/event-stream")
  @Operation(summary = "Events, violations and metrics as they come (server-sent events)")
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")))
  HttpResponse<Publisher<byte[]>> feed(
      @RequestBean FeedQuery query, @Header("Last-Event-ID") @Nullable String lastEventId);
}
