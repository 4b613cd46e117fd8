package dev.waymark.api.feed;

import dev.waymark.schemas.Topics;
import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.UndecodableException;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.schemas.violation.ViolationCodec;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes messages of records. Control records and what cannot be read become none: the dead letters
 * have the latter.
 */
final class FeedDecoder {
  private final EventCodec codec = new EventCodec(EventLimits.DEFAULT);

  /**
   * The message of a record.
   *
   * @param behind where the feed is behind it
   */
  Optional<FeedMessage> decode(ConsumerRecord<byte[], byte[]> record, Position behind) {
    if (record.value() == null) {
      return Optional.empty();
    }
    return record.topic().equals(Topics.EVENTS) ? event(record, behind) : violation(record, behind);
  }

  private Optional<FeedMessage> event(ConsumerRecord<byte[], byte[]> record, Position behind) {
    try {
      Decoded decoded = codec.decode(record.value());
      return decoded instanceof Event event
          ? Optional.of(message(FeedKind.EVENT, factsOf(event), record, behind))
          : Optional.empty();
    } catch (UndecodableException e) {
      // Told with its reason among the dead letters.
      return Optional.empty();
    }
  }

  private static FeedMessage.Facts factsOf(Event event) {
    return new FeedMessage.Facts(
        event.tenant(), event.runId(), event.agentId(), event.type(), null);
  }

  private static Optional<FeedMessage> violation(
      ConsumerRecord<byte[], byte[]> record, Position behind) {
    try {
      Violation violation =
          ViolationCodec.decode(new String(record.value(), StandardCharsets.UTF_8));
      FeedMessage.Facts facts =
          new FeedMessage.Facts(
              violation.tenant(),
              violation.runId(),
              violation.agentId(),
              null,
              violation.severity());
      return Optional.of(message(FeedKind.VIOLATION, facts, record, behind));
    } catch (IllegalArgumentException e) {
      // Not what the validation job writes.
      return Optional.empty();
    }
  }

  private static FeedMessage message(
      FeedKind kind,
      FeedMessage.Facts facts,
      ConsumerRecord<byte[], byte[]> record,
      Position behind) {
    return FeedMessage.recorded(
        kind,
        facts,
        new String(record.value(), StandardCharsets.UTF_8),
        behind,
        new TopicPartition(record.topic(), record.partition()),
        record.offset());
  }
}
