package dev.waymark.checks;

import dev.waymark.checks.tenant.Tenant;
import dev.waymark.checks.text.Passage;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A check that judges every text by itself.
 *
 * @param events which events it looks at
 * @param find what of it is in a text, in words; empty: nothing
 */
record TextCheck(
    CheckName name,
    String what,
    Predicate<EventContent> events,
    Function<Passage, Set<String>> find)
    implements Check {

  @Override
  public void check(EventContent content, Tenant tenant, Report report) {
    if (!events.test(content)) {
      return;
    }
    for (Passage passage : content.passages()) {
      Set<String> signs = find.apply(passage);
      if (!signs.isEmpty()) {
        report.add(name, name.code(), passage.path(), what + ": " + String.join(", ", signs));
      }
    }
  }
}
