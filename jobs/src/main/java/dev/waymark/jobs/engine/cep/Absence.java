package dev.waymark.jobs.engine.cep;

import java.util.ArrayList;
import java.util.List;

/**
 * What may not come after an event taken.
 *
 * @param anywhere may not come before the next event taken
 * @param directly may not be the very next event, taken or not
 */
record Absence(List<EventTest> anywhere, List<EventTest> directly) {
  static final Absence OF_NOTHING = new Absence(List.of(), List.of());

  Absence and(Absence other) {
    return new Absence(joined(anywhere, other.anywhere), joined(directly, other.directly));
  }

  boolean isOfNothing() {
    return anywhere.isEmpty() && directly.isEmpty();
  }

  private static List<EventTest> joined(List<EventTest> first, List<EventTest> second) {
    List<EventTest> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }
}
