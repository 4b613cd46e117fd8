package dev.waymark.api.http;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.doors.otel.TraceEvents;
import dev.waymark.api.doors.otel.TraceEvents.Outcome;
import dev.waymark.api.gateway.NotAcceptedException;
import dev.waymark.api.gateway.OverloadedException;
import dev.waymark.api.payload.ObjectsUnavailableException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Set;

/** Binds {@link OtlpOperations} to the gateway. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class OtlpController implements OtlpOperations {
  private static final Set<String> TYPES = Set.of(OtlpAnswers.PROTOBUF, OtlpAnswers.JSON);

  private final Doors doors;
  private final TraceEvents traces;

  OtlpController(Doors doors, ApiConfig config) {
    this.doors = doors;
    this.traces = new TraceEvents(config.ingest().maxBatchEvents());
  }

  @Override
  public HttpResponse<?> traces(HttpRequest<byte[]> request) {
    byte[] body = request.getBody().orElseGet(() -> new byte[0]);
    return Bodies.type(request, TYPES).equals(OtlpAnswers.JSON)
        ? json(body, request)
        : protobuf(body, request);
  }

  private HttpResponse<?> json(byte[] body, HttpRequest<?> request) {
    String tenant = Doors.tenant(request);
    return doors.json(
        request,
        body,
        (tree, gateway) -> {
          Outcome outcome = traces.json(tree, tenant);
          return OtlpAnswers.json(gateway.take(outcome.mapped()), outcome.ignored());
        });
  }

  /** No bytes are a message without fields: no spans. */
  private HttpResponse<?> protobuf(byte[] body, HttpRequest<?> request) {
    try {
      String tenant = Doors.tenant(request);
      return doors.pass(
          request,
          (reader, place) -> body.length == 0 ? body : reader.bytes(request, body, place),
          (bytes, gateway) -> {
            Outcome outcome = traces.protobuf(bytes, tenant);
            return OtlpAnswers.protobuf(gateway.take(outcome.mapped()), outcome.ignored());
          });
    } catch (ProblemException e) {
      return OtlpAnswers.failure(e.status(), e);
    } catch (OverloadedException e) {
      return OtlpAnswers.failure(HttpStatus.TOO_MANY_REQUESTS, e);
    } catch (NotAcceptedException | ObjectsUnavailableException e) {
      return OtlpAnswers.failure(HttpStatus.SERVICE_UNAVAILABLE, e);
    }
  }
}
