package dev.waymark.schemas.event;

/** Control record: the run is over at {@code timeMicros}, inclusive. */
public record Finalize(String tenant, String runId, long timeMicros) implements Decoded {}
