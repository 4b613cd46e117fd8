package dev.waymark.jobs.engine.cep;

import dev.waymark.jobs.engine.Mark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The events that a match took, in order.
 *
 * @param parts which part of the form took each
 */
record Match(List<Mark> events, List<Integer> parts) {
  private static final Comparator<Match> BY_EARLIER_EVENTS = Match::compareEvents;

  static Match of(Map<String, List<Taken>> byPage) {
    record Took(Mark event, int part) {}
    List<Took> all = new ArrayList<>();
    byPage.forEach(
        (page, events) ->
            events.forEach(event -> all.add(new Took(event.mark(), Integer.parseInt(page)))));
    all.sort(Comparator.comparingLong(took -> took.event.position()));
    return new Match(all.stream().map(Took::event).toList(), all.stream().map(Took::part).toList());
  }

  /**
   * Of those that became complete together, one for each first event: that of the earlier events.
   */
  static List<Match> onePerFirst(Collection<Map<String, List<Taken>>> found) {
    if (found.isEmpty()) {
      return List.of();
    }
    Map<Long, Match> byFirst = new TreeMap<>();
    for (Map<String, List<Taken>> byPage : found) {
      Match match = of(byPage);
      byFirst.merge(
          match.first().position(),
          match,
          (one, other) -> BY_EARLIER_EVENTS.compare(one, other) <= 0 ? one : other);
    }
    return List.copyOf(byFirst.values());
  }

  Mark first() {
    return events.get(0);
  }

  Mark last() {
    return events.get(events.size() - 1);
  }

  private static int compareEvents(Match left, Match right) {
    int common = Math.min(left.events.size(), right.events.size());
    for (int i = 0; i < common; i++) {
      int byPosition = Long.compare(left.events.get(i).position(), right.events.get(i).position());
      if (byPosition != 0) {
        return byPosition;
      }
    }
    return Integer.compare(left.events.size(), right.events.size());
  }
}
