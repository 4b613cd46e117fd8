package dev.waymark.testkit.random;

import dev.waymark.schemas.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Orders in which the events of a log may arrive. */
public final class Arrivals {
  private Arrivals() {}

  /**
   * Each event delayed by less than a bound of event time, so that none comes behind a watermark
   * that lags by the bound.
   *
   * @param boundMicros at least 1
   */
  public static List<Event> disordered(List<Event> events, long boundMicros, Random random) {
    record Arrival(Event event, long timeMicros) {}
    return events.stream()
        .map(event -> new Arrival(event, event.timeMicros() + random.nextLong(boundMicros)))
        .sorted(Comparator.comparingLong(Arrival::timeMicros))
        .map(Arrival::event)
        .toList();
  }

  /** About every third event once more, byte for byte, right behind the first or later. */
  public static List<Event> withRepeats(List<Event> events, Random random) {
    List<Event> arrived = new ArrayList<>();
    for (Event event : events) {
      arrived.add(event);
      if (random.nextInt(3) == 0) {
        arrived.add(arrived.get(random.nextInt(arrived.size())));
      }
    }
    return List.copyOf(arrived);
  }
}
