package dev.waymark.api.http;

import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.ProcessMapStore;
import dev.waymark.api.store.ProcessMapView;
import dev.waymark.api.store.RunFilter;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Binds {@link ProcessMapOperations} to what is stored. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class ProcessMapController implements ProcessMapOperations {
  private final ProcessMapStore maps;

  ProcessMapController(ProcessMapStore maps) {
    this.maps = maps;
  }

  @Override
  public ProcessMapView processMap(ProcessMapQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    RunFilter filter =
        new RunFilter(
            parameters.name("agent", query.agent()),
            parameters.oneOf("status", query.status(), Choices.STATUSES),
            parameters.range(query.from(), query.to()),
            parameters.flag("has_violations", query.hasViolations()));
    Boolean withResponses = parameters.flag("responses", query.responses());
    parameters.check();
    return maps.map(scope, filter, Boolean.TRUE.equals(withResponses));
  }
}
