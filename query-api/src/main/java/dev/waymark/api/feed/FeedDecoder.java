package dev.waymark.api.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.UndecodableException;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.schemas.violation.ViolationCodec;
import java.util.Optional;

/**
 * Reads records. Control records and what cannot be read say nothing: the dead letters have the
 * latter.
 */
final class FeedDecoder {
  private static final EventCodec CODEC = new EventCodec(EventLimits.DEFAULT);

  private FeedDecoder() {}

  /** What a record of an event or a violation says. */
  static Optional<FeedMessage.Content> decode(FeedKind kind, byte[] value) {
    Optional<FeedMessage.Facts> facts = kind == FeedKind.EVENT ? event(value) : violation(value);
    // Inside a JSON string a line break is always escaped.
    return facts.map(
        each ->
            new FeedMessage.Content(
                each, new String(value, UTF_8).replace('\n', ' ').replace('\r', ' ')));
  }

  private static Optional<FeedMessage.Facts> event(byte[] value) {
    try {
      Decoded decoded = CODEC.decode(value);
      return decoded instanceof Event event
          ? Optional.of(
              new FeedMessage.Facts(
                  event.tenant(), event.runId(), event.agentId(), event.type(), null))
          : Optional.empty();
    } catch (UndecodableException e) {
      // Told with its reason among the dead letters.
      return Optional.empty();
    }
  }

  private static Optional<FeedMessage.Facts> violation(byte[] value) {
    try {
      Violation violation = ViolationCodec.decode(new String(value, UTF_8));
      return Optional.of(
          new FeedMessage.Facts(
              violation.tenant(),
              violation.runId(),
              violation.agentId(),
              null,
              violation.severity()));
    } catch (IllegalArgumentException e) {
      // Not what the validation job writes.
      return Optional.empty();
    }
  }
}
