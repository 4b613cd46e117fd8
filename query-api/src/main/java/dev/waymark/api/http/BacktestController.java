package dev.waymark.api.http;

import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.BacktestView;
import dev.waymark.api.store.BacktestViolationView;
import dev.waymark.api.store.Cursor;
import dev.waymark.api.store.PageRequest;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.TimeRange;
import dev.waymark.api.store.TrailJobRequest;
import dev.waymark.api.trailjob.Backtests;
import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Problem;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleJson;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** Binds {@link BacktestOperations} to their jobs and what these wrote. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class BacktestController implements BacktestOperations {
  private static final String PATH = "/api/v1/rules/backtest/";

  private final Backtests backtests;
  private final RuleSetReader ruleSets;

  BacktestController(Backtests backtests, RuleSetReader ruleSets) {
    this.backtests = backtests;
    this.ruleSets = ruleSets;
  }

  @Override
  public HttpResponse<BacktestView> begin(byte[] ruleSet, BacktestQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    String agent = parameters.name("agent", query.agent());
    TimeRange range = parameters.range(query.from(), query.to());
    parameters.check();
    BacktestView begun =
        backtests.begin(
            TrailJobRequest.backtest(draft(ruleSet), scope.tenant().orElse(null), agent, range));
    return HttpResponse.<BacktestView>accepted(URI.create(PATH + begun.backtestId())).body(begun);
  }

  private String draft(byte[] ruleSet) {
    try {
      List<Rule> rules = ruleSets.read(ruleSet);
      if (rules.isEmpty()) {
        throw new InvalidRulesException(
            List.of(new Problem("rules", "must have a rule at least, was empty")));
      }
      return rules.stream().map(RuleJson::canonical).collect(Collectors.joining(",", "[", "]"));
    } catch (InvalidRulesException e) {
      throw ProblemException.badRules(e.problems());
    }
  }

  @Override
  public PageView<BacktestView> backtests(BacktestsQuery query) {
    Parameters parameters = new Parameters();
    PageRequest page = parameters.page(Cursor.Kind.BACKTESTS, query.limit(), query.cursor());
    parameters.check();
    return backtests.list(CurrentCaller.get().scope(null), page);
  }

  @Override
  public BacktestView backtest(String id) {
    return backtests
        .find(CurrentCaller.get().scope(null), known(id))
        .orElseThrow(() -> notFound(id));
  }

  @Override
  public PageView<BacktestViolationView> violations(String id, BacktestViolationsQuery query) {
    Parameters parameters = new Parameters();
    parameters.text("backtest_id", id);
    String rule = parameters.name("rule", query.rule());
    String foundBy = parameters.oneOf("found_by", query.foundBy(), Choices.FOUND_BY);
    PageRequest page =
        parameters.page(Cursor.Kind.BACKTEST_VIOLATIONS, query.limit(), query.cursor());
    parameters.check();
    return backtests
        .violations(CurrentCaller.get().scope(null), id, rule, foundBy, page)
        .orElseThrow(() -> notFound(id));
  }

  @Override
  public BacktestView cancel(String id) {
    return backtests
        .cancel(CurrentCaller.get().scope(null), known(id))
        .orElseThrow(() -> notFound(id));
  }

  private static String known(String id) {
    Parameters parameters = new Parameters();
    parameters.text("backtest_id", id);
    parameters.check();
    return id;
  }

  private static ProblemException notFound(String id) {
    return ProblemException.notFound("backtest", id);
  }
}
