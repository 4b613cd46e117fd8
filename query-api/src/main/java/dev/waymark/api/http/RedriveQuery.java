package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which dead letter is to be published anew: where its record was. */
@Introspected
public record RedriveQuery(
    @QueryValue @Nullable @Parameter(description = "Topic of the record.", required = true)
        String topic,
    @QueryValue
        @Nullable
        @Parameter(required = true, schema = @Schema(type = "integer", minimum = "0"))
        String partition,
    @QueryValue
        @Nullable
        @Parameter(required = true, schema = @Schema(type = "integer", minimum = "0"))
        String offset) {}
