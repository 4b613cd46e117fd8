package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What one run is asked with. */
@Introspected
public record RunQuery(
    @QueryValue
        @Nullable
        @Parameter(
            description =
                "Whose run it is; needed only where several tenants have a run of that id.")
        String tenant) {}
