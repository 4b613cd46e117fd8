package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a list of a backtest's violations is asked with. */
@Introspected
public record BacktestViolationsQuery(
    @QueryValue @Nullable @Parameter(description = "Only of this rule.") String rule,
    @QueryValue("found_by")
        @Nullable
        @Parameter(
            description = "Only those that the draft alone, the live version alone, or both found.",
            schema = @Schema(allowableValues = {"draft", "live", "both"}))
        String foundBy,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Items of a page.",
            schema =
                @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "50"))
        String limit,
    @QueryValue @Nullable @Parameter(description = "The next_cursor of the page before.")
        String cursor)
    implements PagedQuery<BacktestViolationsQuery> {

  @Override
  public BacktestViolationsQuery at(@Nullable String pageLimit, @Nullable String pageCursor) {
    return new BacktestViolationsQuery(rule, foundBy, pageLimit, pageCursor);
  }
}
