package dev.waymark.jobs.ports;

import dev.waymark.schemas.event.DeadLetterReason;

/**
 * A record that a job could not take, or a row that the database refused.
 *
 * @param job who found it
 * @param reason {@link DeadLetterReason#code}
 * @param detail what was wrong, with the field's path; safe to store
 * @param topic where it lies
 * @param kafkaTimestampMs when the broker took it, ms since the epoch
 * @param raw its bytes as they came
 */
public record DeadLetter(
    String job,
    String reason,
    String detail,
    String topic,
    int partition,
    long offset,
    long kafkaTimestampMs,
    byte[] raw) {
  private static final int MAX_DETAIL_CHARS = 1_000;

  /** A record that is no event. */
  public static DeadLetter of(
      String job, DeadLetterReason reason, String detail, RawRecord record) {
    return new DeadLetter(
        job,
        reason.code(),
        storable(detail),
        record.topic(),
        record.partition(),
        record.offset(),
        record.kafkaTimestampMs(),
        record.value());
  }

  /** Details quote what was found, which can be anything; no table may refuse a dead letter. */
  private static String storable(String text) {
    StringBuilder storable = new StringBuilder(Math.min(text.length(), MAX_DETAIL_CHARS));
    text.codePoints()
        .limit(MAX_DETAIL_CHARS)
        .forEach(c -> storable.appendCodePoint(isStorable(c) ? c : '\uFFFD'));
    return storable.toString();
  }

  private static boolean isStorable(int codePoint) {
    return !Character.isISOControl(codePoint)
        && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
  }
}
