package dev.waymark.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waymark.api.store.RawJson;
import io.micronaut.core.annotation.Introspected;
import org.jspecify.annotations.Nullable;

/**
 * A decision in full.
 *
 * @param metadata as they were sent; null where there were none
 * @param event the event it became
 */
@Introspected
public record DecisionDetailView(
    DecisionView decision,
    @Nullable String prompt,
    @Nullable String response,
    @Nullable JsonNode metadata,
    RawJson event) {}
