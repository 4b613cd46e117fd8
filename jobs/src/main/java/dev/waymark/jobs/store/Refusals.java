package dev.waymark.jobs.store;

import dev.waymark.jobs.ports.DeadLetter;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.ports.RawRecord;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.event.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Rows that the database refused, as dead letters. */
public final class Refusals {
  private Refusals() {}

  /** A row that stands for one event. */
  public static DeadLetter ofRecord(String job, Incoming incoming, SQLException refusal) {
    return DeadLetter.of(
        job,
        DeadLetterReason.REFUSED_BY_STORE,
        detail(refusal),
        new RawRecord(
            incoming.event().raw(),
            Topics.EVENTS,
            incoming.partition(),
            incoming.offset(),
            incoming.kafkaTimestampMs()));
  }

  /**
   * A row that stands for many events: its topic is the table, its offset a hash of the row's key,
   * its bytes the row as text.
   */
  public static DeadLetter ofRow(
      String job, String table, Object key, Object row, SQLException refusal) {
    return DeadLetter.of(
        job,
        DeadLetterReason.REFUSED_BY_STORE,
        detail(refusal),
        new RawRecord(
            row.toString().getBytes(StandardCharsets.UTF_8), table, 0, key.hashCode(), 0));
  }

  /** A batch's own message repeats the whole statement; the cause says what was wrong. */
  private static String detail(SQLException refusal) {
    SQLException cause = refusal.getNextException();
    return refusal.getSQLState() + ": " + (cause == null ? refusal : cause).getMessage();
  }
}
