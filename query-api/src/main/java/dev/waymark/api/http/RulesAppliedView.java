package dev.waymark.api.http;

import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.RuleChange;
import io.micronaut.core.annotation.Introspected;
import java.util.List;

/**
 * What became of a rule set that was to be brought into force.
 *
 * @param changed new versions, published and acknowledged; the validation job has them soon
 * @param unchanged how many were in force already
 */
@Introspected
public record RulesAppliedView(List<RuleChangeView> changed, int unchanged) {

  /**
   * A new version.
   *
   * @param number counts the versions of one rule
   * @param effectiveAt from when on it holds, RFC 3339; the year 0 where from the beginning
   */
  @Introspected
  public record RuleChangeView(String ruleId, String ruleVersion, int number, String effectiveAt) {
    private static RuleChangeView of(RuleChange change) {
      return new RuleChangeView(
          change.ruleId(),
          change.version(),
          change.number(),
          Times.format(change.effectiveAtMicros()));
    }
  }

  static RulesAppliedView of(List<RuleChange> changes, int asked) {
    return new RulesAppliedView(
        changes.stream().map(RuleChangeView::of).toList(), asked - changes.size());
  }
}
