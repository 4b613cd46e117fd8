package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a list of runs is asked with. */
@Introspected
public record RunsQuery(
    @QueryValue @Nullable @Parameter(description = "Only of this tenant.") String tenant,
    @QueryValue
        @Nullable
        @Parameter(description = "Only of this agent, that of the run's first event.")
        String agent,
    @QueryValue
        @Nullable
        @Parameter(
            schema = @Schema(allowableValues = {"running", "completed", "failed", "timed_out"}))
        String status,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Began at or after this time.",
            schema = @Schema(format = "date-time"))
        String from,
    @QueryValue
        @Nullable
        @Parameter(description = "Began before this time.", schema = @Schema(format = "date-time"))
        String to,
    @QueryValue("has_violations")
        @Nullable
        @Parameter(
            description = "Only with (true) or without (false) violations.",
            schema = @Schema(type = "boolean"))
        String hasViolations,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Items of a page.",
            schema =
                @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "50"))
        String limit,
    @QueryValue @Nullable @Parameter(description = "The next_cursor of the page before.")
        String cursor)
    implements PagedQuery<RunsQuery> {

  @Override
  public RunsQuery at(@Nullable String pageLimit, @Nullable String pageCursor) {
    return new RunsQuery(tenant, agent, status, from, to, hasViolations, pageLimit, pageCursor);
  }
}
