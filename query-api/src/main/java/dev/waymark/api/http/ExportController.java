package dev.waymark.api.http;

import dev.waymark.api.export.ExportFormat;
import dev.waymark.api.export.Exports;
import dev.waymark.api.store.AgentView;
import dev.waymark.api.store.BacktestView;
import dev.waymark.api.store.BacktestViolationView;
import dev.waymark.api.store.ConflictView;
import dev.waymark.api.store.ConformanceView;
import dev.waymark.api.store.DeadLetterView;
import dev.waymark.api.store.DecisionSessionView;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.RuleView;
import dev.waymark.api.store.RunView;
import dev.waymark.api.store.SearchHitView;
import dev.waymark.api.store.TrailEventView;
import dev.waymark.api.store.ViolationView;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.InputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Binds {@link ExportOperations} to the lists: an export is its list, a page behind the other. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class ExportController implements ExportOperations {
  /** Rows that are in memory at once. */
  private static final String PAGE = "500";

  private final Exports exports;
  private final RunController runs;
  private final ViolationController violations;
  private final AgentController agents;
  private final RuleController rules;
  private final ReceivedController received;
  private final DecisionController decisions;
  private final BacktestController backtests;
  private final SearchController search;

  ExportController(
      Exports exports,
      RunController runs,
      ViolationController violations,
      AgentController agents,
      RuleController rules,
      ReceivedController received,
      DecisionController decisions,
      BacktestController backtests,
      SearchController search) {
    this.exports = exports;
    this.runs = runs;
    this.violations = violations;
    this.agents = agents;
    this.rules = rules;
    this.received = received;
    this.decisions = decisions;
    this.backtests = backtests;
    this.search = search;
  }

  /** A list's own way to answer for a page. */
  private interface Pages<T> {
    PageView<T> page(String limit, @Nullable String cursor);
  }

  @Override
  public HttpResponse<InputStream> runs(RunsQuery query, @Nullable String format) {
    refusePage(query.limit(), query.cursor());
    return answer(
        "runs", RunView.class, format, (limit, cursor) -> runs.list(query.at(limit, cursor)));
  }

  @Override
  public HttpResponse<InputStream> trail(String runId, TrailQuery query, @Nullable String format) {
    refusePage(query.limit(), query.cursor());
    return answer(
        "trail",
        TrailEventView.class,
        format,
        (limit, cursor) -> whole(runs.trail(runId, query.at(limit, cursor), null)));
  }

  @Override
  public HttpResponse<InputStream> violations(ViolationsQuery query, @Nullable String format) {
    refusePage(query.limit(), query.cursor());
    return answer(
        "violations",
        ViolationView.class,
        format,
        (limit, cursor) -> violations.list(query.at(limit, cursor)));
  }

  @Override
  public HttpResponse<InputStream> agents(AgentsQuery query, @Nullable String format) {
    refusePage(query.limit(), query.cursor());
    return answer(
        "agents",
        AgentView.class,
        format,
        (limit, cursor) -> agents.agents(query.at(limit, cursor)));
  }

  @Override
  public HttpResponse<InputStream> conformance(ConformanceQuery query, @Nullable String format) {
    refusePage(query.limit(), query.cursor());
    return answer(
        "conformance",
        ConformanceView.class,
        format,
        (limit, cursor) -> rules.conformance(query.at(limit, cursor)));
  }

  @Override
  public HttpResponse<InputStream> rules(RulesQuery query, @Nullable String format) {
    refusePage(query.limit(), query.cursor());
    return answer(
        "rules",
        RuleView.class,
        format,
        (limit, cursor) -> whole(rules.rules(query.at(limit, cursor), null)));
  }

  @Override
  public HttpResponse<InputStream> deadLetters(DeadLettersQuery query, @Nullable String format) {
    refusePage(query.limit(), query.cursor());
    return answer(
        "dead-letters",
        DeadLetterView.class,
        format,
        (limit, cursor) -> received.deadLetters(query.at(limit, cursor)));
  }

  @Override
  public HttpResponse<InputStream> conflicts(ConflictsQuery query, @Nullable String format) {
    refusePage(query.limit(), query.cursor());
    return answer(
        "conflicts",
        ConflictView.class,
        format,
        (limit, cursor) -> received.conflicts(query.at(limit, cursor)));
  }

  @Override
  public HttpResponse<InputStream> decisions(DecisionsQuery query, @Nullable String format) {
    refusePage(query.limit(), query.cursor());
    return answer(
        "decisions",
        DecisionView.class,
        format,
        (limit, cursor) -> decisions.decisions(query.at(limit, cursor)));
  }

  @Override
  public HttpResponse<InputStream> decisionSessions(
      DecisionSessionsQuery query, @Nullable String format) {
    refusePage(query.limit(), query.cursor());
    return answer(
        "decision-sessions",
        DecisionSessionView.class,
        format,
        (limit, cursor) -> decisions.sessions(query.at(limit, cursor)));
  }

  @Override
  public HttpResponse<InputStream> backtests(BacktestsQuery query, @Nullable String format) {
    refusePage(query.limit(), query.cursor());
    return answer(
        "backtests",
        BacktestView.class,
        format,
        (limit, cursor) -> backtests.backtests(query.at(limit, cursor)));
  }

  @Override
  public HttpResponse<InputStream> backtestViolations(
      String id, BacktestViolationsQuery query, @Nullable String format) {
    refusePage(query.limit(), query.cursor());
    return answer(
        "backtest-violations",
        BacktestViolationView.class,
        format,
        (limit, cursor) -> backtests.violations(id, query.at(limit, cursor)));
  }

  @Override
  public HttpResponse<InputStream> search(SearchQuery query, @Nullable String format) {
    refusePage(query.limit(), query.cursor());
    return answer(
        "search",
        SearchHitView.class,
        format,
        (limit, cursor) -> search.search(query.at(limit, cursor)));
  }

  private static <T> PageView<T> whole(HttpResponse<PageView<T>> answer) {
    PageView<T> page = answer.body();
    if (page == null) {
      throw new IllegalStateException("only who has a page already gets none");
    }
    return page;
  }

  private static void refusePage(@Nullable String limit, @Nullable String cursor) {
    Parameters parameters = new Parameters();
    if (limit != null) {
      parameters.refuse("limit", "is not for exports, which go to the end of the list");
    }
    if (cursor != null) {
      parameters.refuse("cursor", "is not for exports, which begin at the list's begin");
    }
    parameters.check();
  }

  private <T extends Record> HttpResponse<InputStream> answer(
      String name, Class<T> type, @Nullable String asked, Pages<T> pages) {
    Parameters parameters = new Parameters();
    ExportFormat chosen = parameters.oneOf("format", asked, Choices.EXPORT_FORMATS);
    parameters.check();
    ExportFormat format = chosen == null ? ExportFormat.CSV : chosen;
    // Later pages are asked for while the file is sent, by another thread: for the same caller.
    HttpRequest<?> request = CurrentCaller.request();
    InputStream file =
        exports.open(format, type, cursor -> pageFor(request, () -> pages.page(PAGE, cursor)));
    return HttpResponse.ok(file)
        .contentType(format.mediaType())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + name + "." + format.code() + "\"");
  }

  private static <T> PageView<T> pageFor(HttpRequest<?> request, Supplier<PageView<T>> page) {
    return ServerRequestContext.with(request, page);
  }
}
