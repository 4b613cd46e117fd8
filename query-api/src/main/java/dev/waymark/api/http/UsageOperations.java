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
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The doors of model servers. Both throw what is answered as a problem: 400, 413, 415, 429, 503.
 */
@Tag(name = "Doors")
public interface UsageOperations {
  /**
   * Takes predictions of models.
   *
   * @param body {@code {"events": [{model_type, model_id, input_shape, prediction_count, timestamp,
   *     metadata}]}}
   */
  @Access(
      value = {Role.ADMIN, Role.AGENT},
      kind = AccessKind.INGEST)
  @Post("/ingest/ml")
  @Consumes(MediaType.ALL)
  @Operation(summary = "Take predictions of models")
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Receipt.class)))
  HttpResponse<Receipt> ml(
      @Body byte @Nullable [] body, @Parameter(hidden = true) HttpRequest<?> request);

  /**
   * Takes calls of language models.
   *
   * @param body {@code {"events": [{model_name, prompt_length, response_length, tokens_used, cost,
   *     timestamp, metadata}]}}
   */
  @Access(
      value = {Role.ADMIN, Role.AGENT},
      kind = AccessKind.INGEST)
  @Post("/ingest/llm")
  @Consumes(MediaType.ALL)
  @Operation(summary = "Take calls of language models")
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Receipt.class)))
  HttpResponse<Receipt> llm(
      @Body byte @Nullable [] body, @Parameter(hidden = true) HttpRequest<?> request);
}
