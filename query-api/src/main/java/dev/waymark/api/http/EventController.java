package dev.waymark.api.http;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.doors.ContractEvents;
import dev.waymark.api.gateway.Receipt;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds {@link EventOperations} to the gateway. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class EventController implements EventOperations {
  private static final String ARRAY_OR_ONE = "application/json";
  private static final Set<String> TYPES =
      Set.of(
          ARRAY_OR_ONE,
          "application/x-ndjson",
          "application/ndjson",
          "application/jsonl",
          "application/x-jsonlines");

  private final Doors doors;
  private final ContractEvents events;

  EventController(Doors doors, ApiConfig config) {
    this.doors = doors;
    this.events = new ContractEvents(config.ingest().maxBatchEvents());
  }

  @Override
  public HttpResponse<Receipt> take(byte @Nullable [] body, HttpRequest<?> request) {
    boolean isLines = !Bodies.type(request, TYPES).equals(ARRAY_OR_ONE);
    return doors.pass(
        request,
        (reader, place) ->
            isLines ? reader.bytes(request, body, place) : reader.utf8(request, body, place),
        (bytes, gateway) ->
            HttpResponse.accepted()
                .body(gateway.take(isLines ? events.lines(bytes) : events.json(bytes))));
  }
}
