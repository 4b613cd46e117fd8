package dev.waymark.client.send;

import dev.waymark.schemas.event.DeadLetterReason;
import dev.waymark.schemas.event.Event;
import java.util.EnumMap;
import java.util.Map;

/** What a {@code send} has done so far. Written by the sending thread alone. */
final class SendReport {
  private final Map<DeadLetterReason, Long> noEvents = new EnumMap<>(DeadLetterReason.class);
  private long lines;
  private long events;
  private long bytes;
  private long finalized;

  void published(Line line) {
    lines++;
    bytes += line.bytes().length;
    if (line.problem() != null) {
      noEvents.merge(line.problem(), 1L, Long::sum);
    } else if (line.decoded() instanceof Event) {
      events++;
    }
  }

  void finalized() {
    finalized++;
  }

  /** All lines, whatever they are. */
  long lines() {
    return lines;
  }

  long events() {
    return events;
  }

  long bytes() {
    return bytes;
  }

  /** Runs that were ended. */
  long finalizedRuns() {
    return finalized;
  }

  /** Lines that are no events, by reason; they will be dead letters. */
  Map<DeadLetterReason, Long> noEvents() {
    return Map.copyOf(noEvents);
  }
}
