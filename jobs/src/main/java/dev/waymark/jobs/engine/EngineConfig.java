package dev.waymark.jobs.engine;

import dev.waymark.jobs.config.CacheConfig;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How the engine's operators work.
 *
 * @param matching what judges the templates that have a form for flink-cep
 * @param horizonMicros how long after a run's last event its events are known
 * @param endOfInputMicros time of the last event of a bounded input, which ends the open cases;
 *     null: the input has no end, and a drained job ends no case
 */
public record EngineConfig(
    EngineLimits limits,
    Matching matching,
    CacheConfig cache,
    long horizonMicros,
    @Nullable Long endOfInputMicros)
    implements Serializable {}
