package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an agent's flat audit events are asked with. */
@Introspected
public record AuditEventsQuery(
    @QueryValue @Nullable @Parameter(description = "Only of this tenant.") String tenant,
    @QueryValue
        @Nullable
        @Parameter(
            description = "Events at most.",
            schema =
                @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
        String limit) {}
