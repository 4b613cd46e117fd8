package dev.waymark.api.http;

import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.AccessEntryView;
import dev.waymark.api.store.AccessLogStore;
import dev.waymark.api.store.AccessLogStore.Filter;
import dev.waymark.api.store.Cursor;
import dev.waymark.api.store.PageRequest;
import dev.waymark.api.store.PageView;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Binds {@link AccessLogOperations} to what is stored. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class AccessLogController implements AccessLogOperations {
  private final AccessLogStore log;

  AccessLogController(AccessLogStore log) {
    this.log = log;
  }

  @Override
  public PageView<AccessEntryView> entries(AccessLogQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    Filter filter =
        new Filter(
            parameters.name("account", query.account()),
            parameters.oneOf("kind", query.kind(), Choices.ACCESS_KINDS),
            parameters.name("route", query.route()),
            parameters.range(query.from(), query.to()));
    PageRequest page = parameters.page(Cursor.Kind.ACCESS_LOG, query.limit(), query.cursor());
    parameters.check();
    return log.list(scope, filter, page);
  }
}
