package dev.waymark.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.doors.DecisionEvents;
import dev.waymark.api.gateway.FirstTimes;
import dev.waymark.api.gateway.Receipt;
import dev.waymark.api.payload.LargePayloads;
import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.Cursor;
import dev.waymark.api.store.DecisionFilter;
import dev.waymark.api.store.DecisionSessionView;
import dev.waymark.api.store.EventStore;
import dev.waymark.api.store.PageRequest;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.RawJson;
import dev.waymark.api.store.StoredEventView;
import dev.waymark.api.store.TimeRange;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Binds {@link DecisionOperations} to the gateway and to what is stored. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class DecisionController implements DecisionOperations {
  private final Doors doors;
  private final FirstTimes times;
  private final EventStore events;
  private final LargePayloads payloads;
  private final ObjectMapper json;

  DecisionController(
      Doors doors, FirstTimes times, EventStore events, LargePayloads payloads, ObjectMapper json) {
    this.doors = doors;
    this.times = times;
    this.events = events;
    this.payloads = payloads;
    this.json = json;
  }

  @Override
  public HttpResponse<DecisionReceiptView> take(byte @Nullable [] body, HttpRequest<?> request) {
    String tenant = Doors.tenant(request);
    String key = Doors.idempotencyKey(request);
    return doors.json(
        request,
        body,
        (tree, gateway) -> {
          String named = DecisionEvents.idOf(tree);
          String given = named == null ? key : named;
          String id = given == null ? UUID.randomUUID().toString() : given;
          Receipt receipt =
              gateway.take(DecisionEvents.map(tree, tenant, id, times.of(tenant, given)));
          Doors.requireTaken(receipt);
          return HttpResponse.accepted()
              .body(new DecisionReceiptView(id, receipt.duplicates() > 0));
        });
  }

  @Override
  public PageView<DecisionView> decisions(DecisionsQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    String type = parameters.name("decision_type", query.decisionType());
    DecisionFilter filter =
        new DecisionFilter(
            parameters.name("user_id", query.userId()),
            parameters.name("session_id", query.sessionId()),
            type == null ? null : DecisionEvents.ACTION_PREFIX + type,
            parameters.name("model", query.model()),
            parameters.range(query.from(), query.to()));
    PageRequest page = parameters.page(Cursor.Kind.DECISIONS, query.limit(), query.cursor());
    parameters.check();
    PageView<StoredEventView> found = events.decisions(scope, filter, page);
    return new PageView<>(
        found.items().stream().map(DecisionView::of).toList(), found.nextCursor());
  }

  @Override
  public DecisionDetailView decision(String id, RunQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    parameters.text("decision_id", id);
    parameters.check();
    return events
        .decision(scope, id)
        .map(this::inFull)
        .orElseThrow(() -> ProblemException.notFound("decision", id));
  }

  @Override
  public PageView<DecisionSessionView> sessions(DecisionSessionsQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    TimeRange range = parameters.range(query.from(), query.to());
    PageRequest page =
        parameters.page(Cursor.Kind.DECISION_SESSIONS, query.limit(), query.cursor());
    parameters.check();
    return events.sessions(scope, range, page);
  }

  private DecisionDetailView inFull(StoredEventView stored) {
    try {
      String record = payloads.restore(stored.tenant(), stored.event().json());
      JsonNode event = json.readTree(record);
      return new DecisionDetailView(
          DecisionView.of(stored),
          event.path("payload").path("goal").asText(null),
          event.path("payload").path("thought").asText(null),
          event.path("meta").path("x").get("metadata"),
          new RawJson(record));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored event is valid JSON", e);
    }
  }
}
