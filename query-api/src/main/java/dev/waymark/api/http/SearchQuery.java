package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What trails are searched with. */
@Introspected
public record SearchQuery(
    @QueryValue
        @Nullable
        @Parameter(
            required = true,
            description =
                "Words that a payload must have, all of them, in any order; with * at its end a word"
                    + " stands for all that begin with it.",
            example = "refund ord*")
        String q,
    @QueryValue @Nullable @Parameter(description = "Only of this tenant.") String tenant,
    @QueryValue @Nullable @Parameter(description = "Only events of this agent.") String agent,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Happened at or after this time.",
            schema = @Schema(format = "date-time"))
        String from,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Happened before this time.",
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
    implements PagedQuery<SearchQuery> {

  @Override
  public SearchQuery at(@Nullable String pageLimit, @Nullable String pageCursor) {
    return new SearchQuery(q, tenant, agent, from, to, pageLimit, pageCursor);
  }
}
