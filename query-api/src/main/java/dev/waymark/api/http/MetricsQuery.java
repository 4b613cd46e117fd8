package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What totals are asked with. */
@Introspected
public record MetricsQuery(
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
        String to) {}
