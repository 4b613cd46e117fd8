package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a series is asked with. */
@Introspected
public record MetricSeriesQuery(
    @QueryValue @Nullable @Parameter(description = "Only of this tenant.") String tenant,
    @QueryValue @Nullable @Parameter(description = "Only of this agent.") String agent,
    @QueryValue
        @Nullable
        @Parameter(description = "Only of this model; empty: events that name none.")
        String model,
    @QueryValue
        @Nullable
        @Parameter(description = "Only of this action; empty: events that name none.")
        String action,
    @QueryValue
        @Nullable
        @Parameter(
            description = "From this time on; widened to whole windows.",
            schema = @Schema(format = "date-time"))
        String from,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Before this time; widened to whole windows.",
            schema = @Schema(format = "date-time"))
        String to,
    @QueryValue("group_by")
        @Nullable
        @Parameter(
            description = "What to split by.",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"none", "agent", "model", "action"},
                    defaultValue = "none"))
        String groupBy,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Width of the windows.",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"1m", "1h", "1d", "auto"},
                    defaultValue = "auto"))
        String granularity,
    @QueryValue
        @Nullable
        @Parameter(
            description = "How many groups are shown one by one; the rest is one.",
            schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
        String top) {}
