package dev.waymark.api.store;

import dev.waymark.schemas.event.Event;
import java.time.Instant;
import java.util.List;

/**
 * An event that the checks refused, to be stored.
 *
 * @param body its record, personal data and secrets replaced
 * @param violations ids of what was found in it
 */
public record RefusedEvent(Event event, String body, List<String> violations, Instant refusedAt) {}
