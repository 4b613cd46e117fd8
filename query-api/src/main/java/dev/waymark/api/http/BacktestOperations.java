package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import dev.waymark.api.store.BacktestView;
import dev.waymark.api.store.BacktestViolationView;
import dev.waymark.api.store.PageView;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Rules tried on the stored trail before they are switched on. */
@Tag(name = "Backtests")
public interface BacktestOperations {
  /**
   * Begins to judge stored events by draft rules, and by the live versions of the same ids. Throws
   * what is answered as a problem: 413, 422 with every problem of the rules, 429 where as many run
   * as may, 503.
   *
   * @param ruleSet UTF-8, as for validation
   */
  @Access(
      value = {Role.ADMIN, Role.POLICY_AUTHOR},
      kind = AccessKind.CHANGE)
  @Post("/api/v1/rules/backtest")
  @Consumes(MediaType.ALL)
  @Operation(summary = "Try draft rules on the stored trail, beside the live ones")
  @RequestBody(
      description = "The draft, a rule set, YAML or JSON. Modes are ignored.",
      content = @Content(mediaType = "application/yaml", schema = @Schema(type = "string")))
  @ApiResponse(
      responseCode = "202",
      description = "It is on its way; Location is where to look.",
      content = @Content(schema = @Schema(implementation = BacktestView.class)))
  HttpResponse<BacktestView> begin(@Body byte[] ruleSet, @RequestBean BacktestQuery query);

  /** Backtests, the latest first. */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.POLICY_AUTHOR})
  @Get("/api/v1/rules/backtest")
  @Operation(summary = "Backtests, the latest first")
  PageView<BacktestView> backtests(@RequestBean BacktestsQuery query);

  /**
   * One backtest: state, progress, and when it is finished its result.
   *
   * @param id its id
   */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.POLICY_AUTHOR})
  @Get("/api/v1/rules/backtest/{backtest_id}")
  @Operation(summary = "One backtest: state, progress, result")
  BacktestView backtest(@PathVariable("backtest_id") String id);

  /**
   * What it found, the earliest first, up to its limit a rule; the result has the full counts.
   *
   * @param id its id
   */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.POLICY_AUTHOR},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/rules/backtest/{backtest_id}/violations")
  @Operation(summary = "What a backtest found, each with its evidence and which side found it")
  PageView<BacktestViolationView> violations(
      @PathVariable("backtest_id") String id, @RequestBean BacktestViolationsQuery query);

  /**
   * Cancels it; one that is over stays as it is.
   *
   * @param id its id
   */
  @Access(
      value = {Role.ADMIN, Role.POLICY_AUTHOR},
      kind = AccessKind.CHANGE)
  @Delete("/api/v1/rules/backtest/{backtest_id}")
  @Operation(summary = "Cancel a backtest")
  BacktestView cancel(@PathVariable("backtest_id") String id);
}
