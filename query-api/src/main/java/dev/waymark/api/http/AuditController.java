package dev.waymark.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.doors.AuditEvents;
import dev.waymark.api.gateway.Receipt;
import dev.waymark.api.payload.LargePayloads;
import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.EventStore;
import dev.waymark.api.store.PageRequest;
import dev.waymark.api.store.StoredEventView;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.jspecify.annotations.Nullable;

/** Binds {@link AuditOperations} to the gateway and to what is stored. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuditController implements AuditOperations {
  private static final int DEFAULT_LIMIT = 100;

  private final Doors doors;
  private final EventStore events;
  private final LargePayloads payloads;
  private final ObjectMapper json;

  AuditController(Doors doors, EventStore events, LargePayloads payloads, ObjectMapper json) {
    this.doors = doors;
    this.events = events;
    this.payloads = payloads;
    this.json = json;
  }

  @Override
  public HttpResponse<AuditReceiptView> take(byte @Nullable [] body, HttpRequest<?> request) {
    String tenant = Doors.tenant(request);
    return doors.json(
        request,
        body,
        (tree, gateway) -> {
          String id = tree.path("event_id").asText();
          Receipt receipt = gateway.take(AuditEvents.map(tree, tenant));
          Doors.requireTaken(receipt);
          return HttpResponse.created(new AuditReceiptView(id, receipt.duplicates() > 0));
        });
  }

  @Override
  public AuditEventsView ofAgent(String agentId, AuditEventsQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    parameters.text("agent_id", agentId);
    int limit = parameters.number("limit", query.limit(), DEFAULT_LIMIT, 1, PageRequest.MAX_LIMIT);
    parameters.check();
    return new AuditEventsView(
        agentId, events.ofAgent(scope, agentId, limit).stream().map(this::view).toList());
  }

  private AuditEventView view(StoredEventView stored) {
    try {
      String record = payloads.restore(stored.tenant(), stored.event().json());
      return AuditEventView.of(stored, json.readTree(record));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored event is valid JSON", e);
    }
  }
}
