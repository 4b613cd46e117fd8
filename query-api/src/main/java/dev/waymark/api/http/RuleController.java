package dev.waymark.api.http;

import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.ConformanceStore;
import dev.waymark.api.store.ConformanceView;
import dev.waymark.api.store.Cursor;
import dev.waymark.api.store.PageRequest;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.RuleStore;
import dev.waymark.api.store.RuleView;
import dev.waymark.api.store.TimeRange;
import dev.waymark.schemas.rule.InvalidRulesException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.jspecify.annotations.Nullable;

/** Binds {@link RuleOperations} to what is stored. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class RuleController implements RuleOperations {
  private final RuleStore rules;
  private final ConformanceStore conformance;
  private final RuleSetReader ruleSets;

  RuleController(RuleStore rules, ConformanceStore conformance, RuleSetReader ruleSets) {
    this.rules = rules;
    this.conformance = conformance;
    this.ruleSets = ruleSets;
  }

  @Override
  public HttpResponse<PageView<RuleView>> rules(RulesQuery query, @Nullable String ifNoneMatch) {
    Parameters parameters = new Parameters();
    String rule = parameters.name("rule", query.rule());
    String state = parameters.oneOf("state", query.state(), Choices.RULE_STATES);
    TimeRange effective = parameters.range(query.from(), query.to());
    PageRequest page = parameters.page(Cursor.Kind.RULES, query.limit(), query.cursor());
    parameters.check();
    PageView<RuleView> found =
        rules.list(CurrentCaller.get().scope(null), rule, state, effective, page);
    return Validators.answer(ifNoneMatch, Validators.of(found), () -> found);
  }

  @Override
  public RuleSetView validate(byte[] ruleSet) {
    try {
      return RuleSetView.valid(ruleSets.read(ruleSet));
    } catch (InvalidRulesException e) {
      return RuleSetView.invalid(e.problems());
    }
  }

  @Override
  public PageView<ConformanceView> conformance(ConformanceQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    String rule = parameters.name("rule", query.rule());
    PageRequest page = parameters.page(Cursor.Kind.CONFORMANCE, query.limit(), query.cursor());
    parameters.check();
    return conformance.list(scope, rule, page);
  }
}
