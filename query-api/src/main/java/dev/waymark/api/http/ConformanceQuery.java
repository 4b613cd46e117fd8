package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a list of outcomes is asked with. */
@Introspected
public record ConformanceQuery(
    @QueryValue @Nullable @Parameter(description = "Only cases of this tenant.") String tenant,
    @QueryValue @Nullable @Parameter(description = "Only of this rule.") String rule,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Items of a page.",
            schema =
                @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "50"))
        String limit,
    @QueryValue @Nullable @Parameter(description = "The next_cursor of the page before.")
        String cursor)
    implements PagedQuery<ConformanceQuery> {

  @Override
  public ConformanceQuery at(@Nullable String pageLimit, @Nullable String pageCursor) {
    return new ConformanceQuery(tenant, rule, pageLimit, pageCursor);
  }
}
