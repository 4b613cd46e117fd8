package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a list of dead letters is asked with. */
@Introspected
public record DeadLettersQuery(
    @QueryValue
        @Nullable
        @Parameter(
            schema =
                @Schema(
                    allowableValues = {
                      "too_large",
                      "not_json",
                      "not_an_object",
                      "missing_field",
                      "bad_field",
                      "duplicate_field",
                      "nul_character",
                      "refused_by_store"
                    }))
        String reason,
    @QueryValue @Nullable @Parameter(description = "Only of this job.") String job,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Taken by the broker at or after this time.",
            schema = @Schema(format = "date-time"))
        String from,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Taken by the broker before this time.",
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
    implements PagedQuery<DeadLettersQuery> {

  @Override
  public DeadLettersQuery at(@Nullable String pageLimit, @Nullable String pageCursor) {
    return new DeadLettersQuery(reason, job, from, to, pageLimit, pageCursor);
  }
}
