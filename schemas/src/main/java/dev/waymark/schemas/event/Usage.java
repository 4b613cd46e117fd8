package dev.waymark.schemas.event;

/**
 * Token counts of one model call. {@code inputTokens} is the whole prompt: the cached and the
 * cache-written tokens are parts of it. Absent counts are 0.
 */
public record Usage(
    long inputTokens, long outputTokens, long cachedInputTokens, long cacheWriteInputTokens) {}
