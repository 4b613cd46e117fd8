package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What part of the trail draft rules are tried on. */
@Introspected
public record BacktestQuery(
    @QueryValue @Nullable @Parameter(description = "Only events of this tenant.") String tenant,
    @QueryValue @Nullable @Parameter(description = "Only runs whose first event is this agent's.")
        String agent,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Only runs that began at this time or later.",
            schema = @Schema(format = "date-time"))
        String from,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Only events before this time; what is open then ends there.",
            schema = @Schema(format = "date-time"))
        String to) {}
