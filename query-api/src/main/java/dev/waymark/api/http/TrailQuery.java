package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a run's trail is asked with. */
@Introspected
public record TrailQuery(
    @QueryValue
        @Nullable
        @Parameter(
            description =
                "Whose run it is; needed only where several tenants have a run of that id.")
        String tenant,
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
            description =
                "Whether payloads that were put away are brought back into their events (inline), or"
                    + " each event is shown byte for byte as it was published (reference).",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"inline", "reference"},
                    defaultValue = "inline"))
        String payloads,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Items of a page.",
            schema =
                @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "50"))
        String limit,
    @QueryValue @Nullable @Parameter(description = "The next_cursor of the page before.")
        String cursor)
    implements PagedQuery<TrailQuery> {

  @Override
  public TrailQuery at(@Nullable String pageLimit, @Nullable String pageCursor) {
    return new TrailQuery(tenant, from, to, payloads, pageLimit, pageCursor);
  }
}
