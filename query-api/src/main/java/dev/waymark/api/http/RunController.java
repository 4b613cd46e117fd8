package dev.waymark.api.http;

import dev.waymark.api.http.ProblemView.ParameterProblem;
import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.Cursor;
import dev.waymark.api.store.ExplanationView;
import dev.waymark.api.store.PageRequest;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.RunFilter;
import dev.waymark.api.store.RunStore;
import dev.waymark.api.store.RunView;
import dev.waymark.api.store.TimeRange;
import dev.waymark.api.store.TimelineEventView;
import dev.waymark.api.store.TrailEventView;
import dev.waymark.api.trailjob.Explanations;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Binds {@link RunOperations} to what is stored. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class RunController implements RunOperations {
  private static final String RETRY_AFTER_SECONDS = "1";

  /** Some 300 bytes each: one answer for nearly every run. */
  private static final int MAX_TIMELINE_EVENTS = 10_000;

  private final RunStore runs;
  private final WholeRuns wholeRuns;
  private final Explanations explanations;

  RunController(RunStore runs, WholeRuns wholeRuns, Explanations explanations) {
    this.runs = runs;
    this.wholeRuns = wholeRuns;
    this.explanations = explanations;
  }

  @Override
  public PageView<RunView> list(RunsQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    RunFilter filter =
        new RunFilter(
            parameters.name("agent", query.agent()),
            parameters.oneOf("status", query.status(), Choices.STATUSES),
            parameters.range(query.from(), query.to()),
            parameters.flag("has_violations", query.hasViolations()));
    PageRequest page = parameters.page(Cursor.Kind.RUNS, query.limit(), query.cursor());
    parameters.check();
    return runs.list(scope, filter, page);
  }

  @Override
  public HttpResponse<RunView> run(String runId, RunQuery query, @Nullable String ifNoneMatch) {
    RunView run = theRun(runId, query);
    return answer(run, ifNoneMatch, Validators.of(run), () -> run);
  }

  private RunView theRun(String runId, RunQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    parameters.text("run_id", runId);
    parameters.check();
    return theOne(runs.find(scope, runId), runId);
  }

  /** A run that goes on changes at any moment, and its row comes behind its events. */
  private static <T> HttpResponse<T> answer(
      RunView run, @Nullable String ifNoneMatch, String validator, Supplier<T> answer) {
    return run.endedAt() == null
        ? HttpResponse.ok(answer.get())
        : Validators.answer(ifNoneMatch, validator, answer);
  }

  @Override
  public HttpResponse<PageView<TrailEventView>> trail(
      String runId, TrailQuery query, @Nullable String ifNoneMatch) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    parameters.text("run_id", runId);
    TimeRange range = parameters.range(query.from(), query.to());
    Boolean isInline = parameters.oneOf("payloads", query.payloads(), Choices.PAYLOADS);
    PageRequest page = parameters.page(Cursor.Kind.TRAIL, query.limit(), query.cursor());
    parameters.check();
    RunView run = theOne(runs.find(scope, runId), runId);
    return answer(
        run,
        ifNoneMatch,
        Validators.of(run, query),
        () -> page(run, range, page, !Boolean.FALSE.equals(isInline)));
  }

  private PageView<TrailEventView> page(
      RunView run, TimeRange range, PageRequest page, boolean isInline) {
    PageView<TrailEventView> published =
        runs.trail(TenantScope.of(run.tenant()), run.runId(), range, page);
    return isInline ? wholeRuns.restore(run.tenant(), published) : published;
  }

  @Override
  public PageView<TimelineEventView> timeline(String runId, TimelineQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    parameters.text("run_id", runId);
    PageRequest page =
        parameters.page(Cursor.Kind.TRAIL, query.limit(), query.cursor(), MAX_TIMELINE_EVENTS);
    parameters.check();
    String tenant = theOne(runs.find(scope, runId), runId).tenant();
    return runs.timeline(TenantScope.of(tenant), runId, page);
  }

  @Override
  public HttpResponse<ExplanationView> explain(String runId, RunQuery query) {
    RunView run = theRun(runId, query);
    ExplanationView explanation = explanations.explain(run.tenant(), run.runId());
    return explanation.asOf() != null
        ? HttpResponse.ok(explanation)
        : HttpResponse.<ExplanationView>accepted()
            .body(explanation)
            .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
  }

  /** The one that was found; throws a problem where it is none, or several of several tenants. */
  static RunView theOne(List<RunView> found, String runId) {
    if (found.isEmpty()) {
      throw ProblemException.notFound("run", runId);
    }
    if (found.size() > 1) {
      List<String> tenants = found.stream().map(RunView::tenant).toList();
      throw ProblemException.badParameters(
          List.of(
              ParameterProblem.of(
                  "tenant",
                  "must be given: several have a run of this id: " + String.join(", ", tenants))));
    }
    CurrentCaller.tellsOf(found.get(0).tenant());
    return found.get(0);
  }
}
