package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the dashboard's figures are asked with. */
@Introspected
public record DashboardQuery(
    @QueryValue @Nullable @Parameter(description = "Only of this tenant.") String tenant,
    @QueryValue("start_date")
        @Nullable
        @Parameter(
            description = "From this day (2025-01-31, UTC) or time on; widened to whole minutes.",
            example = "2025-01-31")
        String startDate,
    @QueryValue("end_date")
        @Nullable
        @Parameter(
            description =
                "To the end of this day (UTC), or before this time; widened to whole minutes.",
            example = "2025-01-31")
        String endDate,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Recent events at most.",
            schema = @Schema(type = "integer", minimum = "0", maximum = "100", defaultValue = "20"))
        String limit) {}
