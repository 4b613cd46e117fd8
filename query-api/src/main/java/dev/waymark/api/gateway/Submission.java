package dev.waymark.api.gateway;

import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.violation.Violation;
import java.util.List;
import java.util.Optional;

/**
 * A record that follows the event contract, on its way to Kafka.
 *
 * @param index place of its source in the request, from 0
 * @param decoded an event or the end of a run
 * @param record its bytes
 * @param violations what the checks found in it
 */
record Submission(int index, Decoded decoded, byte[] record, List<Violation> violations) {
  /**
   * What tells this record from all others: tenant, run and identity; the end of a run has its
   * time.
   */
  String identity() {
    if (decoded instanceof Event event) {
      return event.tenant() + '\0' + event.runId() + '\0' + event.identity();
    }
    return key() + '\0' + "finalize" + '\0' + decoded.timeMicros();
  }

  /** The Kafka key: one run's records stay in one partition. */
  String key() {
    if (decoded instanceof Event event) {
      return event.tenant() + '/' + event.runId();
    }
    if (decoded instanceof Finalize end) {
      return end.tenant() + '/' + end.runId();
    }
    throw new IllegalStateException("heartbeats are refused before");
  }

  /** For the jobs, which take no larger one. */
  boolean isTooLarge() {
    return record.length > EventLimits.DEFAULT.maxEventBytes();
  }

  /** Whose it is; empty for a heartbeat, which is nobody's. */
  Optional<String> tenant() {
    if (decoded instanceof Event event) {
      return Optional.of(event.tenant());
    }
    return decoded instanceof Finalize end ? Optional.of(end.tenant()) : Optional.empty();
  }

  Submission withRecord(byte[] replaced) {
    return new Submission(index, decoded, replaced, violations);
  }
}
