package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which runs a process map is made of. */
@Introspected
public record ProcessMapQuery(
    @QueryValue @Nullable @Parameter(description = "Only of this tenant.") String tenant,
    @QueryValue
        @Nullable
        @Parameter(description = "Only of this agent, that of the run's first event.")
        String agent,
    @QueryValue
        @Nullable
        @Parameter(
            schema = @Schema(allowableValues = {"running", "completed", "failed", "timed_out"}))
        String status,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Began at or after this time.",
            schema = @Schema(format = "date-time"))
        String from,
    @QueryValue
        @Nullable
        @Parameter(description = "Began before this time.", schema = @Schema(format = "date-time"))
        String to,
    @QueryValue("has_violations")
        @Nullable
        @Parameter(
            description = "Only with (true) or without (false) violations.",
            schema = @Schema(type = "boolean"))
        String hasViolations,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Whether successful responses are activities; failed ones always are.",
            schema = @Schema(type = "boolean", defaultValue = "false"))
        String responses) {}
