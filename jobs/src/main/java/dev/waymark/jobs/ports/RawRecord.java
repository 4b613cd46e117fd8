package dev.waymark.jobs.ports;

/**
 * A record as the log holds it.
 *
 * @param value its bytes; empty where the record has none
 * @param kafkaTimestampMs when the broker took it, ms since the epoch; below 0: unknown
 */
public record RawRecord(
    byte[] value, String topic, int partition, long offset, long kafkaTimestampMs) {}
