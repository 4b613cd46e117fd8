package dev.waymark.api.http;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.doors.ModelUsageEvents;
import dev.waymark.api.gateway.Receipt;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.jspecify.annotations.Nullable;

/** Binds {@link UsageOperations} to the gateway. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class UsageController implements UsageOperations {
  private final Doors doors;
  private final ModelUsageEvents events;

  UsageController(Doors doors, ApiConfig config) {
    this.doors = doors;
    this.events = new ModelUsageEvents(config.ingest().maxBatchEvents());
  }

  @Override
  public HttpResponse<Receipt> ml(byte @Nullable [] body, HttpRequest<?> request) {
    String tenant = Doors.tenant(request);
    return doors.json(
        request,
        body,
        (tree, gateway) -> HttpResponse.accepted().body(gateway.take(events.ml(tree, tenant))));
  }

  @Override
  public HttpResponse<Receipt> llm(byte @Nullable [] body, HttpRequest<?> request) {
    String tenant = Doors.tenant(request);
    return doors.json(
        request,
        body,
        (tree, gateway) -> HttpResponse.accepted().body(gateway.take(events.llm(tree, tenant))));
  }
}
