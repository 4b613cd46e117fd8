package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a list of rule versions is asked with. */
@Introspected
public record RulesQuery(
    @QueryValue @Nullable @Parameter(description = "Only of this rule.") String rule,
    @QueryValue
        @Nullable
        @Parameter(
            schema =
                @Schema(
                    allowableValues = {
                      "active",
                      "shadow",
                      "disabled",
                      "deleted",
                      "superseded",
                      "rejected"
                    }))
        String state,
    @QueryValue
        @Nullable
        @Parameter(
            description = "In force from this time or a later one on.",
            schema = @Schema(format = "date-time"))
        String from,
    @QueryValue
        @Nullable
        @Parameter(
            description = "In force from before this time on.",
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
    implements PagedQuery<RulesQuery> {

  @Override
  public RulesQuery at(@Nullable String pageLimit, @Nullable String pageCursor) {
    return new RulesQuery(rule, state, from, to, pageLimit, pageCursor);
  }
}
