package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import dev.waymark.api.store.DecisionSessionView;
import dev.waymark.api.store.PageView;
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

/** The log of language models' decisions. Every method throws what is answered as a problem. */
@Tag(name = "Doors")
public interface DecisionOperations {
  /**
   * Takes one decision. Its id is its own {@code id}, else the Idempotency-Key, else a new one.
   *
   * @param body {@code {user_id, session_id, decision_type, prompt, response, model, tokens, cost,
   *     duration, …}}; duration in ms
   */
  @Access(
      value = {Role.ADMIN, Role.AGENT},
      kind = AccessKind.INGEST)
  @Post("/api/v1/audit/log")
  @Consumes(MediaType.ALL)
  @Operation(summary = "Take a decision of a language model")
  @Parameter(
      name = Doors.IDEMPOTENCY_KEY,
      in = ParameterIn.HEADER,
      description = "The id of a decision that names none.",
      schema = @Schema(type = "string", maxLength = 128))
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = DecisionReceiptView.class)))
  HttpResponse<DecisionReceiptView> take(
      @Body byte @Nullable [] body, @Parameter(hidden = true) HttpRequest<?> request);

  /** Decisions, the latest first, without their words. */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER})
  @Get("/api/v1/audit/logs")
  @Operation(summary = "Decisions, the latest first")
  PageView<DecisionView> decisions(@RequestBean DecisionsQuery query);

  /**
   * One decision in full.
   *
   * @param id its id
   */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/audit/logs/{decision_id}")
  @Operation(summary = "One decision in full")
  DecisionDetailView decision(@PathVariable("decision_id") String id, @RequestBean RunQuery query);

  /** Sessions with decisions, by their last decision, the latest first. */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER})
  @Get("/api/v1/audit/sessions")
  @Operation(summary = "Sessions with decisions, the latest first")
  PageView<DecisionSessionView> sessions(@RequestBean DecisionSessionsQuery query);
}
