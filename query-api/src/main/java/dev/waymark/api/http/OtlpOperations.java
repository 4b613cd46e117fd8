package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The door of OpenTelemetry. */
@Tag(name = "Doors")
public interface OtlpOperations {
  /**
   * Takes an ExportTraceServiceRequest (OTLP/HTTP 1.x), gzip too, and answers once the broker has
   * the events made of them. What fails is told as OTLP wants it: a Status in protobuf to those who
   * speak protobuf, else a problem.
   */
  @Access(
      value = {Role.ADMIN, Role.AGENT},
      kind = AccessKind.INGEST)
  @Post("/v1/traces")
  @Consumes(MediaType.ALL)
  @Produces(MediaType.ALL)
  @Operation(summary = "Take OpenTelemetry spans with GenAI attributes (OTLP/HTTP)")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = "application/x-protobuf",
            schema = @Schema(type = "string", format = "binary")),
        @Content(mediaType = "application/json", schema = @Schema(type = "object"))
      })
  @ApiResponse(
      responseCode = "200",
      description =
          "An ExportTraceServiceResponse; partialSuccess where spans were refused or tell of no agent.",
      content = {
        @Content(
            mediaType = "application/x-protobuf",
            schema = @Schema(type = "string", format = "binary")),
        @Content(mediaType = "application/json", schema = @Schema(type = "object"))
      })
  HttpResponse<?> traces(@Parameter(hidden = true) HttpRequest<byte[]> request);
}
