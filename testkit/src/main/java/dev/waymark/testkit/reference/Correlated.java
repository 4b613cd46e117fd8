package dev.waymark.testkit.reference;

import dev.waymark.schemas.event.EventJson;
import dev.waymark.schemas.rule.Correlation;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Whether a target may answer an activation: every correlated field is there and equal. */
record Correlated(List<Correlation> correlations) implements BiPredicate<Occurrence, Occurrence> {
  @Override
  public boolean test(Occurrence activation, Occurrence target) {
    return correlations.stream().allMatch(correlation -> holds(correlation, activation, target));
  }

  private static boolean holds(Correlation correlation, Occurrence activation, Occurrence target) {
    Object left = valueAt(correlation.activationPath(), activation);
    Object right = valueAt(correlation.targetPath(), target);
    if (left == null || right == null) {
      return false;
    }
    boolean asText = Json.isId(correlation.activationPath()) || Json.isId(correlation.targetPath());
    return Json.same(left, right) || (asText && sameText(left, right));
  }

  private static boolean sameText(Object left, Object right) {
    String text = Json.text(left);
    return text != null && text.equals(Json.text(right));
  }

  private static @Nullable Object valueAt(String path, Occurrence occurrence) {
    Object value = EventJson.at(occurrence.json(), path);
    // An empty id is no id.
    return Json.isId(path) && "".equals(value) ? null : value;
  }
}
