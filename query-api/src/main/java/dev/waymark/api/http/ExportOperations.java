package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Every list as a file, to its end: the filters of the list, without {@code limit} and {@code
 * cursor}, and {@code format}: csv (the default) or ndjson. What is wrong is told before the first
 * byte; a file that breaks off later ends without the end that HTTP demands. 429 where as many
 * exports run as may.
 */
@Tag(name = "Export")
public interface ExportOperations {
  /**
   * RFC 4180, UTF-8, with a header; text that a spreadsheet would take for a formula is quoted by '
   * before it.
   */
  String CSV = "text/csv";

  /** A line an item, as in the list. */
  String NDJSON = "application/x-ndjson";

  /** Runs, the latest beginning first. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/runs")
  @Produces({CSV, NDJSON})
  @Operation(summary = "Runs, the latest beginning first, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> runs(@RequestBean RunsQuery query, @QueryValue @Nullable String format);

  /**
   * The events of a run in order.
   *
   * @param runId its id
   */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/runs/{run_id}/trail")
  @Produces({CSV, NDJSON})
  @Operation(summary = "The events of a run in order, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> trail(
      @PathVariable("run_id") String runId,
      @RequestBean TrailQuery query,
      @QueryValue @Nullable String format);

  /** Violations, the latest first. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/violations")
  @Produces({CSV, NDJSON})
  @Operation(summary = "Violations, the latest first, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> violations(
      @RequestBean ViolationsQuery query, @QueryValue @Nullable String format);

  /** Agents by name. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/agents")
  @Produces({CSV, NDJSON})
  @Operation(summary = "Agents by name, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> agents(
      @RequestBean AgentsQuery query, @QueryValue @Nullable String format);

  /** How much each rule version judged. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.POLICY_AUTHOR, Role.ANALYST},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/conformance")
  @Produces({CSV, NDJSON})
  @Operation(summary = "How much each rule version judged, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> conformance(
      @RequestBean ConformanceQuery query, @QueryValue @Nullable String format);

  /** Rule versions. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.POLICY_AUTHOR, Role.ANALYST},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/rules")
  @Produces({CSV, NDJSON})
  @Operation(summary = "Rule versions, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> rules(
      @RequestBean RulesQuery query, @QueryValue @Nullable String format);

  /** Records that no job could take. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER},
      kind = AccessKind.TRAIL,
      operatorOnly = true)
  @Get("/api/v1/export/dead-letters")
  @Produces({CSV, NDJSON})
  @Operation(summary = "Records that no job could take, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> deadLetters(
      @RequestBean DeadLettersQuery query, @QueryValue @Nullable String format);

  /** Records of one identity with different bytes. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/conflicts")
  @Produces({CSV, NDJSON})
  @Operation(summary = "Records of one identity with different bytes, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> conflicts(
      @RequestBean ConflictsQuery query, @QueryValue @Nullable String format);

  /** Decisions, the latest first. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/decisions")
  @Produces({CSV, NDJSON})
  @Operation(summary = "Decisions, the latest first, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> decisions(
      @RequestBean DecisionsQuery query, @QueryValue @Nullable String format);

  /** Sessions of decisions, the latest first. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/decision-sessions")
  @Produces({CSV, NDJSON})
  @Operation(summary = "Sessions of decisions, the latest first, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> decisionSessions(
      @RequestBean DecisionSessionsQuery query, @QueryValue @Nullable String format);

  /** Backtests, the latest first. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.POLICY_AUTHOR},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/backtests")
  @Produces({CSV, NDJSON})
  @Operation(summary = "Backtests, the latest first, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> backtests(
      @RequestBean BacktestsQuery query, @QueryValue @Nullable String format);

  /**
   * What a backtest found.
   *
   * @param id its id
   */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.POLICY_AUTHOR},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/backtests/{backtest_id}/violations")
  @Produces({CSV, NDJSON})
  @Operation(summary = "What a backtest found, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> backtestViolations(
      @PathVariable("backtest_id") String id,
      @RequestBean BacktestViolationsQuery query,
      @QueryValue @Nullable String format);

  /** Events whose payload has all the words. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/search")
  @Produces({CSV, NDJSON})
  @Operation(summary = "Events whose payload has all the words, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> search(
      @RequestBean SearchQuery query, @QueryValue @Nullable String format);

  /** Events that the checks at the doors refused. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/refused-events")
  @Produces({CSV, NDJSON})
  @Operation(summary = "Events that the checks at the doors refused, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> refusedEvents(
      @RequestBean RefusedEventsQuery query, @QueryValue @Nullable String format);

  /** Who read trails and who changed what, the latest first. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/access-log")
  @Produces({CSV, NDJSON})
  @Operation(summary = "Who read trails and who changed what, the latest first, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> accessLog(
      @RequestBean AccessLogQuery query, @QueryValue @Nullable String format);

  /** Tenants. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/tenants")
  @Produces({CSV, NDJSON})
  @Operation(summary = "Tenants, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> tenants(
      @RequestBean AccountsQuery query, @QueryValue @Nullable String format);

  /** Accounts, the latest first. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/accounts")
  @Produces({CSV, NDJSON})
  @Operation(summary = "Accounts, the latest first, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> accounts(
      @RequestBean AccountsQuery query, @QueryValue @Nullable String format);

  /** API keys, the latest first, with their last use. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/keys")
  @Produces({CSV, NDJSON})
  @Operation(summary = "API keys, the latest first, with their last use, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> keys(@RequestBean KeysQuery query, @QueryValue @Nullable String format);

  /** Keys that agents of tenants sign events with. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/export/signing-keys")
  @Produces({CSV, NDJSON})
  @Operation(summary = "Keys that agents of tenants sign events with, as a file")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
      })
  HttpResponse<InputStream> signingKeys(
      @RequestBean AccountsQuery query, @QueryValue @Nullable String format);
}
