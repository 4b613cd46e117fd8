package dev.waymark.jobs.metrics;

import dev.waymark.schemas.event.Event;
import java.util.List;

/** The types of events as numbers, in the order of the columns of the metrics tables. */
final class EventTypes {
  /** In this order they lie in state: only ever add at the end. */
  static final List<String> ALL =
      List.of(
          Event.REASONING,
          Event.ACTION_REQUEST,
          Event.ACTION_RESPONSE,
          Event.FINAL_OUTPUT,
          Event.ERROR,
          Event.ENVIRONMENT);

  static final int REQUEST = ALL.indexOf(Event.ACTION_REQUEST);
  static final int RESPONSE = ALL.indexOf(Event.ACTION_RESPONSE);

  private EventTypes() {}

  static int indexOf(String type) {
    return ALL.indexOf(type);
  }
}
