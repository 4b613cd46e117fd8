package dev.waymark.api.http;

import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.AgentStore;
import dev.waymark.api.store.AgentView;
import dev.waymark.api.store.Cursor;
import dev.waymark.api.store.PageRequest;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.TimeRange;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;

/** Binds {@link AgentOperations} to what is stored. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class AgentController implements AgentOperations {
  private static final int SILENT_AFTER_SECONDS = 300;
  private static final int MAX_SILENT_AFTER_SECONDS = 366 * 86_400;

  private final AgentStore agents;
  private final Clock clock;

  AgentController(AgentStore agents, Clock clock) {
    this.agents = agents;
    this.clock = clock;
  }

  @Override
  public PageView<AgentView> agents(AgentsQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    TimeRange range = parameters.range(query.from(), query.to());
    int silentAfter =
        parameters.number(
            "silent_after_s",
            query.silentAfterS(),
            SILENT_AFTER_SECONDS,
            1,
            MAX_SILENT_AFTER_SECONDS);
    PageRequest page = parameters.page(Cursor.Kind.AGENTS, query.limit(), query.cursor());
    parameters.check();
    return agents.list(scope, range, clock.instant().minusSeconds(silentAfter), page);
  }
}
