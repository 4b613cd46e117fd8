package dev.waymark.testkit.reference;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Finalize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A finished log as the rules see it: without repeats, in the order of the language, responses
 * joined to the requests they answer.
 */
record Log(List<Occurrence> events, List<Finalize> finalizes) {
  /** The tenant only makes the order whole: no case has events of two. */
  private static final Comparator<Event> ORDER =
      Comparator.comparingLong(Event::timeMicros)
          .thenComparing(Event::runId)
          .thenComparingLong(Event::seq)
          .thenComparing(Event::idempotencyKey, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Event::tenant);

  static Log of(List<Event> arrived, List<Finalize> finalizes) {
    List<Event> sorted = withoutRepeats(arrived);
    sorted.sort(ORDER);
    List<Occurrence> events = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      events.add(new Occurrence(joined(sorted, i)));
    }
    return new Log(List.copyOf(events), List.copyOf(finalizes));
  }

  /** The last event's time; of an empty log none is asked. */
  long end() {
    return events.get(events.size() - 1).time();
  }

  /** Of each identity what arrived first, whatever the bytes of the others. */
  private static List<Event> withoutRepeats(List<Event> arrived) {
    Set<List<String>> seen = new HashSet<>();
    List<Event> accepted = new ArrayList<>();
    for (Event event : arrived) {
      if (seen.add(List.of(event.tenant(), event.runId(), event.identity()))) {
        accepted.add(event);
      }
    }
    return accepted;
  }

  private static Event joined(List<Event> sorted, int position) {
    Event event = sorted.get(position);
    if (!event.type().equals(Event.ACTION_RESPONSE)
        || event.action() != null
        || event.callId() == null) {
      return event;
    }
    for (int i = position - 1; i >= 0; i--) {
      Event earlier = sorted.get(i);
      if (isRequestOf(earlier, event)) {
        return earlier.action() == null ? event : event.withAction(earlier.action());
      }
    }
    return event;
  }

  private static boolean isRequestOf(Event earlier, Event response) {
    return earlier.type().equals(Event.ACTION_REQUEST)
        && earlier.tenant().equals(response.tenant())
        && earlier.runId().equals(response.runId())
        && earlier.callId() != null
        && earlier.callId().equals(response.callId());
  }
}
