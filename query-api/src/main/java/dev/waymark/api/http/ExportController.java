package dev.waymark.api.http;

import dev.waymark.api.export.ExportFormat;
import dev.waymark.api.export.Exports;
import dev.waymark.api.store.AccessEntryView;
import dev.waymark.api.store.AccountView;
import dev.waymark.api.store.AgentView;
import dev.waymark.api.store.BacktestView;
import dev.waymark.api.store.BacktestViolationView;
import dev.waymark.api.store.ConflictView;
import dev.waymark.api.store.ConformanceView;
import dev.waymark.api.store.DeadLetterView;
import dev.waymark.api.store.DecisionSessionView;
import dev.waymark.api.store.KeyView;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.RefusedEventView;
import dev.waymark.api.store.RuleView;
import dev.waymark.api.store.RunView;
import dev.waymark.api.store.SearchHitView;
import dev.waymark.api.store.SigningKeyView;
import dev.waymark.api.store.TenantView;
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
import java.util.function.Function;
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
  private final AccessLogController accessLog;
  private final AccountController accounts;
  private final KeyController keys;

  ExportController(
      Exports exports,
      RunController runs,
      ViolationController violations,
      AgentController agents,
      RuleController rules,
      ReceivedController received,
      DecisionController decisions,
      BacktestController backtests,
      SearchController search,
      AccessLogController accessLog,
      AccountController accounts,
      KeyController keys) {
    this.exports = exports;
    this.runs = runs;
    this.violations = violations;
    this.agents = agents;
    this.rules = rules;
    this.received = received;
    this.decisions = decisions;
    this.backtests = backtests;
    this.search = search;
    this.accessLog = accessLog;
    this.accounts = accounts;
    this.keys = keys;
  }

  @Override
  public HttpResponse<InputStream> runs(RunsQuery query, @Nullable String format) {
    return answer("runs", RunView.class, query, format, runs::list);
  }

  @Override
  public HttpResponse<InputStream> trail(String runId, TrailQuery query, @Nullable String format) {
    return answer(
        "trail", TrailEventView.class, query, format, page -> whole(runs.trail(runId, page, null)));
  }

  @Override
  public HttpResponse<InputStream> violations(ViolationsQuery query, @Nullable String format) {
    return answer("violations", ViolationView.class, query, format, violations::list);
  }

  @Override
  public HttpResponse<InputStream> agents(AgentsQuery query, @Nullable String format) {
    return answer("agents", AgentView.class, query, format, agents::agents);
  }

  @Override
  public HttpResponse<InputStream> conformance(ConformanceQuery query, @Nullable String format) {
    return answer("conformance", ConformanceView.class, query, format, rules::conformance);
  }

  @Override
  public HttpResponse<InputStream> rules(RulesQuery query, @Nullable String format) {
    return answer("rules", RuleView.class, query, format, page -> whole(rules.rules(page, null)));
  }

  @Override
  public HttpResponse<InputStream> deadLetters(DeadLettersQuery query, @Nullable String format) {
    return answer("dead-letters", DeadLetterView.class, query, format, received::deadLetters);
  }

  @Override
  public HttpResponse<InputStream> conflicts(ConflictsQuery query, @Nullable String format) {
    return answer("conflicts", ConflictView.class, query, format, received::conflicts);
  }

  @Override
  public HttpResponse<InputStream> decisions(DecisionsQuery query, @Nullable String format) {
    return answer("decisions", DecisionView.class, query, format, decisions::decisions);
  }

  @Override
  public HttpResponse<InputStream> decisionSessions(
      DecisionSessionsQuery query, @Nullable String format) {
    return answer(
        "decision-sessions", DecisionSessionView.class, query, format, decisions::sessions);
  }

  @Override
  public HttpResponse<InputStream> backtests(BacktestsQuery query, @Nullable String format) {
    return answer("backtests", BacktestView.class, query, format, backtests::backtests);
  }

  @Override
  public HttpResponse<InputStream> backtestViolations(
      String id, BacktestViolationsQuery query, @Nullable String format) {
    return answer(
        "backtest-violations",
        BacktestViolationView.class,
        query,
        format,
        page -> backtests.violations(id, page));
  }

  @Override
  public HttpResponse<InputStream> search(SearchQuery query, @Nullable String format) {
    return answer("search", SearchHitView.class, query, format, search::search);
  }

  @Override
  public HttpResponse<InputStream> refusedEvents(
      RefusedEventsQuery query, @Nullable String format) {
    return answer("refused-events", RefusedEventView.class, query, format, received::refusedEvents);
  }

  @Override
  public HttpResponse<InputStream> accessLog(AccessLogQuery query, @Nullable String format) {
    return answer("access-log", AccessEntryView.class, query, format, accessLog::entries);
  }

  @Override
  public HttpResponse<InputStream> tenants(AccountsQuery query, @Nullable String format) {
    return answer("tenants", TenantView.class, query, format, accounts::tenants);
  }

  @Override
  public HttpResponse<InputStream> accounts(AccountsQuery query, @Nullable String format) {
    return answer("accounts", AccountView.class, query, format, accounts::accounts);
  }

  @Override
  public HttpResponse<InputStream> keys(KeysQuery query, @Nullable String format) {
    return answer("keys", KeyView.class, query, format, keys::keys);
  }

  @Override
  public HttpResponse<InputStream> signingKeys(AccountsQuery query, @Nullable String format) {
    return answer("signing-keys", SigningKeyView.class, query, format, keys::signingKeys);
  }

  private static <T> PageView<T> whole(HttpResponse<PageView<T>> answer) {
    PageView<T> page = answer.body();
    if (page == null) {
      throw new IllegalStateException("only who has a page already gets none");
    }
    return page;
  }

  private static void refusePage(Parameters parameters, PagedQuery<?> query) {
    if (query.limit() != null) {
      parameters.refuse("limit", "is not for exports, which go to the end of the list");
    }
    if (query.cursor() != null) {
      parameters.refuse("cursor", "is not for exports, which begin at the list's begin");
    }
  }

  private <Q extends PagedQuery<Q>, T extends Record> HttpResponse<InputStream> answer(
      String name, Class<T> type, Q query, @Nullable String asked, Function<Q, PageView<T>> list) {
    Parameters parameters = new Parameters();
    refusePage(parameters, query);
    ExportFormat chosen = parameters.oneOf("format", asked, Choices.EXPORT_FORMATS);
    parameters.check();
    ExportFormat format = chosen == null ? ExportFormat.CSV : chosen;
    // Later pages are asked for while the file is sent, by another thread: for the same caller.
    HttpRequest<?> request = CurrentCaller.request();
    InputStream file =
        exports.open(
            format, type, cursor -> pageFor(request, () -> list.apply(query.at(PAGE, cursor))));
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
