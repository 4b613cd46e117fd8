package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a list of violations is asked with. */
@Introspected
public record ViolationsQuery(
    @QueryValue @Nullable @Parameter(description = "Only of this tenant.") String tenant,
    @QueryValue @Nullable @Parameter(description = "Only of this rule.") String rule,
    @QueryValue
        @Nullable
        @Parameter(
            schema =
                @Schema(
                    allowableValues = {
                      "sequence",
                      "timelag",
                      "missing_step",
                      "frequency",
                      "engine_limit",
                      "check"
                    }))
        String kind,
    @QueryValue
        @Nullable
        @Parameter(schema = @Schema(allowableValues = {"INFO", "WARNING", "ERROR", "CRITICAL"}))
        String severity,
    @QueryValue @Nullable @Parameter(description = "Only of this agent.") String agent,
    @QueryValue @Nullable @Parameter(description = "Only in this run.") String run,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Became certain at or after this time.",
            schema = @Schema(format = "date-time"))
        String from,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Became certain before this time.",
            schema = @Schema(format = "date-time"))
        String to,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Items of a page.",
            schema =
                @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "50"))
        String limit,
    @QueryValue @Nullable @Parameter(description = "The next_cursor of the page before.")
        String cursor)
    implements PagedQuery<ViolationsQuery> {

  @Override
  public ViolationsQuery at(@Nullable String pageLimit, @Nullable String pageCursor) {
    return new ViolationsQuery(
        tenant, rule, kind, severity, agent, run, from, to, pageLimit, pageCursor);
  }
}
