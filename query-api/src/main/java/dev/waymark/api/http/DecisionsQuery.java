package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a list of decisions is asked with. */
@Introspected
public record DecisionsQuery(
    @QueryValue @Nullable @Parameter(description = "Only of this tenant.") String tenant,
    @QueryValue("user_id") @Nullable @Parameter(description = "Only of this user.") String userId,
    @QueryValue("session_id") @Nullable @Parameter(description = "Only of this session.")
        String sessionId,
    @QueryValue("decision_type") @Nullable @Parameter(description = "Only of this type.")
        String decisionType,
    @QueryValue @Nullable @Parameter(description = "Only by this model.") String model,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Made at or after this time.",
            schema = @Schema(format = "date-time"))
        String from,
    @QueryValue
        @Nullable
        @Parameter(description = "Made before this time.", schema = @Schema(format = "date-time"))
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
    implements PagedQuery<DecisionsQuery> {

  @Override
  public DecisionsQuery at(@Nullable String pageLimit, @Nullable String pageCursor) {
    return new DecisionsQuery(
        tenant, userId, sessionId, decisionType, model, from, to, pageLimit, pageCursor);
  }
}
