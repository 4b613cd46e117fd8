package dev.waymark.api.http;

import dev.waymark.api.gateway.Receipt;
import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The door of the event contract itself. */
@Tag(name = "Doors")
public interface EventOperations {
  /**
   * Takes events and answers once the broker has them. Throws what is answered as a problem: 400,
   * 413, 415, 429, 503.
   *
   * @param body one event, an array of them, or one a line; gzip with Content-Encoding
   */
  @Access(
      value = {Role.ADMIN, Role.AGENT},
      kind = AccessKind.INGEST)
  @Post("/api/v1/events")
  @Consumes(MediaType.ALL)
  @Operation(summary = "Take events of the event contract: one, an array, or NDJSON")
  @Parameter(
      name = Doors.IDEMPOTENCY_KEY,
      in = ParameterIn.HEADER,
      description = "Identity of events that have none; of several each gets # and its place too.",
      schema = @Schema(type = "string", maxLength = 128))
  @RequestBody(
      required = true,
      content = {
        @Content(mediaType = "application/json", schema = @Schema(type = "object")),
        @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "202",
      description = "The broker has what is counted as accepted.",
      content = @Content(schema = @Schema(implementation = Receipt.class)))
  HttpResponse<Receipt> take(
      @Body byte @Nullable [] body, @Parameter(hidden = true) HttpRequest<?> request);
}
