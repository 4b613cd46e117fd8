package dev.waymark.testkit.reference;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An accepted event, a response with the action it answers, and its JSON once somebody asks. */
final class Occurrence {
  private final Event event;
  private @Nullable Map<String, Object> json;

  Occurrence(Event event) {
    this.event = event;
  }

  Event event() {
    return event;
  }

  long time() {
    return event.timeMicros();
  }

  Map<String, Object> json() {
    if (json == null) {
      json = EventJson.parse(event.raw());
    }
    return json;
  }

  @Override
  public String toString() {
    return event.runId() + "#" + event.seq() + "@" + event.timeMicros();
  }
}
