package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the access log is asked with. */
@Introspected
public record AccessLogQuery(
    @QueryValue @Nullable @Parameter(description = "Only of this tenant's data.") String tenant,
    @QueryValue @Nullable @Parameter(description = "Only by this account.") String account,
    @QueryValue @Nullable @Parameter(schema = @Schema(allowableValues = {"trail", "change"}))
        String kind,
    @QueryValue
        @Nullable
        @Parameter(description = "Only of this route, as the description of the API names it.")
        String route,
    @QueryValue
        @Nullable
        @Parameter(description = "At or after this time.", schema = @Schema(format = "date-time"))
        String from,
    @QueryValue
        @Nullable
        @Parameter(description = "Before this time.", schema = @Schema(format = "date-time"))
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
    implements PagedQuery<AccessLogQuery> {

  @Override
  public AccessLogQuery at(@Nullable String pageLimit, @Nullable String pageCursor) {
    return new AccessLogQuery(tenant, account, kind, route, from, to, pageLimit, pageCursor);
  }
}
