package dev.waymark.jobs.ports;

/**
 * A record as the log holds it.
 *
 * @param value its bytes; empty where the record has none
 * @param kafkaTimestampMs when the broker took it, ms since the epoch; below 0: unknown
 * @param isChecked whether a door's mark says that it checked this value
 */
public record RawRecord(
    byte[] value,
    String topic,
    int partition,
    long offset,
    long kafkaTimestampMs,
    boolean isChecked) {

  /** One that no door checked. */
  public RawRecord(byte[] value, String topic, int partition, long offset, long kafkaTimestampMs) {
    this(value, topic, partition, offset, kafkaTimestampMs, false);
  }
}
