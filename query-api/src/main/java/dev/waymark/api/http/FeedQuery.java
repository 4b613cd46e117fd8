package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What the live feed is asked with. */
@Introspected
public record FeedQuery(
    @QueryValue @Nullable @Parameter(description = "Only of this tenant.") String tenant,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Of events, violations, metrics: which, comma-separated; else all.",
            example = "events,violations")
        String kind,
    @QueryValue @Nullable @Parameter(description = "Only of this run.") String run,
    @QueryValue @Nullable @Parameter(description = "Only of this agent.") String agent,
    @QueryValue
        @Nullable
        @Parameter(description = "Events of these types only, comma-separated.", example = "error")
        String type,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Violations of these severities only, comma-separated.",
            example = "ERROR,CRITICAL")
        String severity,
    @QueryValue
        @Nullable
        @Parameter(
            description =
                "Only messages whose data have all of these words; with * at its end a word stands"
                    + " for all that begin with it.")
        String q,
    @QueryValue("last_id")
        @Nullable
        @Parameter(
            description =
                "Id of the last message that was read: what came since is told first. The header"
                    + " Last-Event-ID does the same.")
        String lastId) {}
