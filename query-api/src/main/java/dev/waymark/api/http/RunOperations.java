package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import dev.waymark.api.store.ExplanationView;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.RunView;
import dev.waymark.api.store.TimelineEventView;
import dev.waymark.api.store.TrailEventView;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Runs and what happened in them. Every method throws what is answered as a problem: 400, 404, 503.
 */
@Tag(name = "Runs")
public interface RunOperations {
  /** Runs, the latest beginning first. */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER})
  @Get("/api/v1/runs")
  @Operation(summary = "Runs, the latest beginning first")
  PageView<RunView> list(@RequestBean RunsQuery query);

  /**
   * One run. Where it has ended the answer has an ETag and may be kept; 304 while it holds.
   *
   * @param runId its id
   */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER})
  @Get("/api/v1/runs/{run_id}")
  @Operation(summary = "One run")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = RunView.class)))
  HttpResponse<RunView> run(
      @PathVariable("run_id") String runId,
      @RequestBean RunQuery query,
      @Header("If-None-Match") @Nullable String ifNoneMatch);

  /**
   * A run's events by {@code t}, then {@code seq}, each with its record byte for byte. A page may
   * hold fewer than {@code limit} events where they are large. Where the run has ended the answer
   * has an ETag and may be kept; 304 while it holds.
   *
   * @param runId the run's id
   */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/runs/{run_id}/trail")
  @Operation(summary = "The events of a run in order, each byte for byte as it was published")
  HttpResponse<PageView<TrailEventView>> trail(
      @PathVariable("run_id") String runId,
      @RequestBean TrailQuery query,
      @Header("If-None-Match") @Nullable String ifNoneMatch);

  /**
   * A run's events in the order of the trail, as what they are and what they cost, without their
   * records: what a picture of a long run is drawn from.
   *
   * @param runId the run's id
   */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/runs/{run_id}/timeline")
  @Operation(summary = "The events of a run in order, without their records; up to 10,000 a page")
  PageView<TimelineEventView> timeline(
      @PathVariable("run_id") String runId, @RequestBean TimelineQuery query);

  /**
   * Which rules apply to a run, with their state and what they wait for, and which do not and why.
   * 202 with Retry-After where the engine needs longer than a request waits; the same request then
   * has it.
   *
   * @param runId the run's id
   */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/runs/{run_id}/explain")
  @Operation(
      summary =
          "Which rules apply to a run, how they stand and what they wait for; and which do not, and why")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ExplanationView.class)))
  HttpResponse<ExplanationView> explain(
      @PathVariable("run_id") String runId, @RequestBean RunQuery query);
}
