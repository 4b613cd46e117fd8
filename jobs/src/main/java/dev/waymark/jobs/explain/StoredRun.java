package dev.waymark.jobs.explain;

import dev.waymark.jobs.config.DecodeConfig;
import dev.waymark.jobs.validation.ValidationTopology;
import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.event.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A run as the trail has it.
 *
 * @param records its events in the order of the rule language, and its end where it was finalized
 * @param asOfMicros how far the validation job's time had come at its last checkpoint; the run's
 *     own last event where that is later
 */
record StoredRun(List<Decoded> records, long asOfMicros) {
  private static final String RECORDS =
      """
      SELECT e.t, e.seq, e.identity COLLATE "C" AS identity, e.tenant, e.run_id, e.body FROM trail_jobs j
        JOIN events e ON e.tenant = j.tenant AND e.run_id = j.run_id
        WHERE j.job_id = ? AND NOT e.clock_skew
      UNION ALL
      SELECT r.finalized_at, NULL, NULL, r.tenant, r.run_id, NULL FROM trail_jobs j
        JOIN runs r ON r.tenant = j.tenant AND r.run_id = j.run_id
        WHERE j.job_id = ? AND r.finalized_at IS NOT NULL
      ORDER BY t, seq NULLS LAST, identity LIMIT ?""";

  static StoredRun load(Connection connection, DecodeConfig decode, String id, int maxEvents)
      throws SQLException {
    EventCodec codec = new EventCodec(decode.limits());
    List<Decoded> records = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(RECORDS)) {
      select.setString(1, id);
      select.setString(2, id);
      select.setInt(3, maxEvents + 1);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          records.add(record(codec, rows));
        }
      }
    }
    boolean hasEvent = records.stream().anyMatch(Event.class::isInstance);
    if (!hasEvent || records.size() > maxEvents) {
      throw new IllegalStateException(
          !hasEvent
              ? "the trail has no events of the run"
              : "the run has more than " + maxEvents + " events (explain.max-events)");
    }
    long last = records.get(records.size() - 1).timeMicros();
    return new StoredRun(records, Math.max(last, watermarkMicros(connection)));
  }

  private static Decoded record(EventCodec codec, ResultSet row) throws SQLException {
    String body = row.getString("body");
    if (body == null) {
      long micros = Times.micros(row.getObject("t", OffsetDateTime.class).toInstant());
      return new Finalize(row.getString("tenant"), row.getString("run_id"), micros);
    }
    try {
      return codec.decode(body.getBytes(StandardCharsets.UTF_8));
    } catch (UndecodableException e) {
      throw new IllegalStateException("the trail holds what is no event: " + e.detail(), e);
    }
  }

  private static long watermarkMicros(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT max(watermark) FROM job_books WHERE job = ?")) {
      select.setString(1, ValidationTopology.JOB);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        OffsetDateTime watermark = row.getObject(1, OffsetDateTime.class);
        return watermark == null ? Long.MIN_VALUE : Times.micros(watermark.toInstant());
      }
    }
  }
}
