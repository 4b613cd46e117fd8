package dev.waymark.api.http;

import dev.waymark.api.ingest.LiveRules;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Rule;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Binds {@link RuleApplyOperations} to the rules topic. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class RuleApplyController implements RuleApplyOperations {
  private final LiveRules live;
  private final RuleSetReader ruleSets;

  RuleApplyController(LiveRules live, RuleSetReader ruleSets) {
    this.live = live;
    this.ruleSets = ruleSets;
  }

  @Override
  public RulesAppliedView apply(byte[] ruleSet, @Nullable String effectiveAt) {
    Parameters parameters = new Parameters();
    Instant from = parameters.time("effective_at", effectiveAt);
    parameters.check();
    try {
      List<Rule> rules = ruleSets.read(ruleSet);
      OptionalLong asked =
          from == null ? OptionalLong.empty() : OptionalLong.of(Times.micros(from));
      return RulesAppliedView.of(live.apply(rules, asked), rules.size());
    } catch (InvalidRulesException e) {
      throw ProblemException.badRules(e.problems());
    }
  }
}
