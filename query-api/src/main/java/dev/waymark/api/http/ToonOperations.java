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
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The doors of Toon's runs and events. Every method throws what is answered as a problem. */
@Tag(name = "Doors")
public interface ToonOperations {
  /**
   * Begins a run. Its id is the body's {@code run_id}, else one made of the Idempotency-Key, else a
   * new one.
   *
   * @param body {@code {agent_id, run_id?, tenant?, goal?, …}}
   */
  @Access(
      value = {Role.ADMIN, Role.AGENT},
      kind = AccessKind.INGEST)
  @Post("/api/runs/")
  @Consumes(MediaType.ALL)
  @Operation(summary = "Begin a run")
  @Parameter(
      name = Doors.IDEMPOTENCY_KEY,
      in = ParameterIn.HEADER,
      description = "The same key begins the same run.",
      schema = @Schema(type = "string", maxLength = 128))
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = ToonRunView.class)))
  HttpResponse<ToonRunView> begin(
      @Body byte @Nullable [] body, @Parameter(hidden = true) HttpRequest<?> request);

  /**
   * One run, as soon as the trail has it.
   *
   * @param runId its id
   */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER})
  @Get("/api/runs/{run_id}/")
  @Operation(summary = "One run")
  ToonRunView run(@PathVariable("run_id") String runId, @RequestBean RunQuery query);

  /**
   * Ends a run. The body may be missing, or say in {@code t} when it ended.
   *
   * @param runId its id
   */
  @Access(
      value = {Role.ADMIN, Role.AGENT},
      kind = AccessKind.INGEST)
  @Post("/api/runs/{run_id}/finalize/")
  @Consumes(MediaType.ALL)
  @Operation(summary = "End a run")
  @RequestBody(
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Receipt.class)))
  HttpResponse<Receipt> end(
      @PathVariable("run_id") String runId, @Parameter(hidden = true) HttpRequest<byte[]> request);

  /**
   * Takes events of one run.
   *
   * @param runId its id
   * @param body one event, an array, or {@code {"events": […]}}
   */
  @Access(
      value = {Role.ADMIN, Role.AGENT},
      kind = AccessKind.INGEST)
  @Post("/api/runs/{run_id}/events/")
  @Consumes(MediaType.ALL)
  @Operation(summary = "Take events of one run")
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Receipt.class)))
  HttpResponse<Receipt> ofRun(
      @PathVariable("run_id") String runId,
      @Body byte @Nullable [] body,
      @Parameter(hidden = true) HttpRequest<?> request);

  /**
   * Takes events of any runs.
   *
   * @param body one event, an array, or {@code {"events": […]}}
   */
  @Access(
      value = {Role.ADMIN, Role.AGENT},
      kind = AccessKind.INGEST)
  @Post("/api/trace-events/batch/")
  @Consumes(MediaType.ALL)
  @Operation(summary = "Take events of any runs")
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Receipt.class)))
  HttpResponse<Receipt> batch(
      @Body byte @Nullable [] body, @Parameter(hidden = true) HttpRequest<?> request);

  /**
   * A run and all its events in order, each as it was published, with payloads that were put away
   * back in their place. However many there are.
   *
   * @param runId its id
   */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get(value = "/api/runs/{run_id}/trace/", produces = MediaType.APPLICATION_JSON)
  @Operation(summary = "A run with all its events in order")
  @ApiResponse(
      responseCode = "200",
      description = "{\"run\": …, \"events\": […]}",
      content = @Content(schema = @Schema(type = "object")))
  HttpResponse<?> trace(@PathVariable("run_id") String runId, @RequestBean RunQuery query);
}
