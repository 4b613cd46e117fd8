package dev.waymark.jobs.ports;

import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.event.Heartbeat;
import dev.waymark.schemas.event.Times;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a record of the events topic turned out to be: an event, a control record, or a dead letter;
 * exactly one of {@code decoded} and {@code deadLetter} is there. Immutable.
 *
 * @param decoded event, finalize or heartbeat
 * @param deadLetter why the record is none of these
 * @param partition where it lies, with {@code offset}
 * @param kafkaTimestampMs when the broker took it, ms since the epoch
 * @param clockSkew its own time is so far ahead of that, that it tells nothing about time
 * @param logTimeMs how far its partition's time had come when it was read, by the records before
 *     it: the highest event time less the allowed disorder, as ms. A function of the log alone, so
 *     a replay sees the same. {@link #NO_TIME} before the intake and at a partition's begin
 * @param isChecked whether a door checked it, by its mark
 */
@TypeInfo(IncomingTypeInfoFactory.class)
public record Incoming(
    @Nullable Decoded decoded,
    @Nullable DeadLetter deadLetter,
    int partition,
    long offset,
    long kafkaTimestampMs,
    boolean clockSkew,
    long logTimeMs,
    boolean isChecked) {
  /** No time is known. */
  public static final long NO_TIME = Long.MIN_VALUE;

  /** One that no door checked. */
  public Incoming(
      @Nullable Decoded decoded,
      @Nullable DeadLetter deadLetter,
      int partition,
      long offset,
      long kafkaTimestampMs,
      boolean clockSkew,
      long logTimeMs) {
    this(decoded, deadLetter, partition, offset, kafkaTimestampMs, clockSkew, logTimeMs, false);
  }

  public static Incoming of(Decoded decoded, RawRecord record, boolean clockSkew) {
    return new Incoming(
        decoded,
        null,
        record.partition(),
        record.offset(),
        record.kafkaTimestampMs(),
        clockSkew,
        NO_TIME,
        record.isChecked());
  }

  public static Incoming of(DeadLetter deadLetter) {
    return new Incoming(
        null,
        deadLetter,
        deadLetter.partition(),
        deadLetter.offset(),
        deadLetter.kafkaTimestampMs(),
        false,
        NO_TIME);
  }

  public Incoming withLogTime(long timeMs) {
    return new Incoming(
        decoded, deadLetter, partition, offset, kafkaTimestampMs, clockSkew, timeMs, isChecked);
  }

  /** The same record with more known of its event. */
  public Incoming withDecoded(Decoded known) {
    return new Incoming(
        known, deadLetter, partition, offset, kafkaTimestampMs, clockSkew, logTimeMs, isChecked);
  }

  /** The event; throws {@link IllegalStateException} if it is none. */
  public Event event() {
    if (decoded instanceof Event event) {
      return event;
    }
    throw new IllegalStateException("no event but " + kind() + at());
  }

  /** Whether it moves event time. */
  public boolean movesTime() {
    return decoded != null && !clockSkew;
  }

  /**
   * The time it stands for, ms since the epoch: its own, but the broker's where its own is no
   * evidence.
   */
  public long timeMs() {
    return movesTime() && decoded != null ? Times.toMillis(decoded.timeMicros()) : kafkaTimestampMs;
  }

  /** Whether it came behind its partition's time. */
  public boolean isLate() {
    return movesTime() && timeMs() <= logTimeMs;
  }

  /** Whether it came further behind its partition's time than {@code horizonMs}. */
  public boolean isBehind(long horizonMs) {
    return logTimeMs != NO_TIME && timeMs() < logTimeMs - horizonMs;
  }

  /** The run of an event or finalize, as key; throws {@link IllegalStateException} on others. */
  public String runKey() {
    if (decoded instanceof Event event) {
      return RunKeys.of(event.tenant(), event.runId());
    }
    if (decoded instanceof Finalize end) {
      return RunKeys.of(end.tenant(), end.runId());
    }
    throw new IllegalStateException("no run in " + kind() + at());
  }

  private String kind() {
    return decoded instanceof Heartbeat ? "a heartbeat" : "a dead letter or finalize";
  }

  private String at() {
    return " at partition " + partition + ", offset " + offset;
  }
}
