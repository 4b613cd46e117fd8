package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a list of conflicts is asked with. */
@Introspected
public record ConflictsQuery(
    @QueryValue @Nullable @Parameter(description = "Only of this tenant.") String tenant,
    @QueryValue @Nullable @Parameter(description = "Only in this run.") String run,
    @QueryValue @Nullable @Parameter(description = "Only of this agent.") String agent,
    @QueryValue
        @Nullable
        @Parameter(
            description = "The later record was taken at or after this time.",
            schema = @Schema(format = "date-time"))
        String from,
    @QueryValue
        @Nullable
        @Parameter(
            description = "The later record was taken before this time.",
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
    implements PagedQuery<ConflictsQuery> {

  @Override
  public ConflictsQuery at(@Nullable String pageLimit, @Nullable String pageCursor) {
    return new ConflictsQuery(tenant, run, agent, from, to, pageLimit, pageCursor);
  }
}
