package dev.waymark.api.http;

import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.DashboardStore;
import dev.waymark.api.store.DashboardStore.Subject;
import dev.waymark.api.store.DashboardView;
import dev.waymark.api.store.TimeRange;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Binds {@link DashboardOperations} to what is stored. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class DashboardController implements DashboardOperations {
  private static final int RECENT = 20;
  private static final int MAX_RECENT = 100;

  private final DashboardStore dashboard;

  DashboardController(DashboardStore dashboard) {
    this.dashboard = dashboard;
  }

  @Override
  public DashboardView overview(DashboardQuery query) {
    return view(Subject.ALL, query);
  }

  @Override
  public DashboardView predictions(DashboardQuery query) {
    return view(Subject.PREDICTIONS, query);
  }

  @Override
  public DashboardView languageModels(DashboardQuery query) {
    return view(Subject.LANGUAGE_MODELS, query);
  }

  private DashboardView view(Subject subject, DashboardQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    TimeRange range = parameters.days(query.startDate(), query.endDate());
    int recent = parameters.number("limit", query.limit(), RECENT, 0, MAX_RECENT);
    parameters.check();
    return dashboard.view(scope, subject, range, recent);
  }
}
