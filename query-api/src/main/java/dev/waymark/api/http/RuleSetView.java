package dev.waymark.api.http;

import dev.waymark.api.store.RawJson;
import dev.waymark.schemas.rule.Problem;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleJson;
import io.micronaut.core.annotation.Introspected;
import java.util.List;

/**
 * What became of a rule set that was only looked at.
 *
 * @param rules as they were understood; empty where there is any problem
 * @param problems all there are, each with the path to what is wrong
 */
@Introspected
public record RuleSetView(boolean valid, List<RuleReadView> rules, List<Problem> problems) {

  /**
   * A rule as it was understood.
   *
   * @param version digest of its canonical JSON: what applying it would be called
   * @param definition that JSON, with all defaults spelt out
   */
  @Introspected
  public record RuleReadView(
      String id,
      String version,
      String kind,
      String template,
      String severity,
      String mode,
      RawJson definition) {

    private static RuleReadView of(Rule rule) {
      return new RuleReadView(
          rule.id(),
          rule.version(),
          rule.kind().code(),
          rule.template().code(),
          rule.severity().name(),
          rule.mode().code(),
          new RawJson(RuleJson.canonical(rule)));
    }
  }

  static RuleSetView valid(List<Rule> rules) {
    return new RuleSetView(true, rules.stream().map(RuleReadView::of).toList(), List.of());
  }

  static RuleSetView invalid(List<Problem> problems) {
    return new RuleSetView(false, List.of(), problems);
  }
}
