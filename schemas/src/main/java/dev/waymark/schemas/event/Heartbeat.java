package dev.waymark.schemas.event;

/**
 * Control record: time has come this far. Carries nothing else and is written to every partition.
 */
public record Heartbeat(long timeMicros) implements Decoded {}
