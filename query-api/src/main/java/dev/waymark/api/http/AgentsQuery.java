package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a list of agents is asked with. */
@Introspected
public record AgentsQuery(
    @QueryValue @Nullable @Parameter(description = "Only of this tenant.") String tenant,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Figures from this time on; widened to whole minutes.",
            schema = @Schema(format = "date-time"))
        String from,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Figures before this time; widened to whole minutes.",
            schema = @Schema(format = "date-time"))
        String to,
    @QueryValue("silent_after_s")
        @Nullable
        @Parameter(
            description = "Seconds without an event after which an agent counts as silent.",
            schema = @Schema(type = "integer", minimum = "1", defaultValue = "300"))
        String silentAfterS,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Items of a page.",
            schema =
                @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "50"))
        String limit,
    @QueryValue @Nullable @Parameter(description = "The next_cursor of the page before.")
        String cursor)
    implements PagedQuery<AgentsQuery> {

  @Override
  public AgentsQuery at(@Nullable String pageLimit, @Nullable String pageCursor) {
    return new AgentsQuery(tenant, from, to, silentAfterS, pageLimit, pageCursor);
  }
}
