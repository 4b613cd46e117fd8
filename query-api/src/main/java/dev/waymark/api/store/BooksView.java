package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job's books at its last checkpoint.
 *
 * @param checkpointId of that checkpoint
 * @param watermark event time up to which the job had worked; null: none yet
 * @param counters records by what became of them
 * @param balanced whether every record read is accounted for: read = accepted + duplicates +
 *     conflicts + dead_letters, and accepted is the sum of what the job made of it, as far as the
 *     job counts that
 */
@Introspected
public record BooksView(
    long checkpointId, @Nullable Instant watermark, Map<String, Long> counters, boolean balanced) {}
