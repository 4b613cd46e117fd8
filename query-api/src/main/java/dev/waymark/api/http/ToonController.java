package dev.waymark.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.doors.Mapped;
import dev.waymark.api.doors.SourceObject;
import dev.waymark.api.doors.ToonEvents;
import dev.waymark.api.doors.ToonEvents.Owner;
import dev.waymark.api.doors.UnmappableException;
import dev.waymark.api.gateway.FirstTimes;
import dev.waymark.api.gateway.Receipt;
import dev.waymark.api.store.RunView;
import dev.waymark.schemas.event.Times;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Binds {@link ToonOperations} to the gateway and to what is stored. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class ToonController implements ToonOperations {
  private final Doors doors;
  private final RunOwners owners;
  private final FirstTimes times;
  private final WholeRuns wholeRuns;
  private final int maxEvents;

  ToonController(
      Doors doors, RunOwners owners, FirstTimes times, WholeRuns wholeRuns, ApiConfig config) {
    this.doors = doors;
    this.owners = owners;
    this.times = times;
    this.wholeRuns = wholeRuns;
    this.maxEvents = config.ingest().maxBatchEvents();
  }

  @Override
  public HttpResponse<ToonRunView> begin(byte @Nullable [] body, HttpRequest<?> request) {
    String key = Doors.idempotencyKey(request);
    String tenant = Doors.tenant(request);
    return doors.json(
        request,
        body,
        (tree, gateway) -> {
          Begun run = Begun.of(tree, key, tenant, times.of(tenant, key));
          Doors.requireTaken(gateway.take(run.mapped()));
          owners.remember(run.runId(), run.owner());
          return HttpResponse.created(run.view());
        });
  }

  /** A run that is about to begin. */
  private record Begun(String runId, Owner owner, long micros, Mapped mapped) {
    static Begun of(
        JsonNode body, @Nullable String key, @Nullable String headerTenant, long nowMicros)
        throws UnmappableException {
      SourceObject source = SourceObject.of(body);
      String named = source.text("run_id", "id");
      String tenant = source.text("tenant");
      Owner owner =
          new Owner(
              tenant == null ? headerTenant : tenant,
              source.requiredText("agent_id", "agent", "agent_name"));
      String runId = named == null ? newId(key, owner) : named;
      Long began = source.time("started_at");
      long micros = began == null ? nowMicros : began;
      return new Begun(runId, owner, micros, ToonEvents.created(source, runId, owner, micros));
    }

    ToonRunView view() {
      return ToonRunView.begun(runId, owner.agentId(), owner.tenant(), Times.instant(micros));
    }

    private static String newId(@Nullable String key, Owner owner) {
      return key == null
          ? UUID.randomUUID().toString()
          : UUID.nameUUIDFromBytes(
                  (owner.tenant() + "\0" + owner.agentId() + "\0" + key)
                      .getBytes(StandardCharsets.UTF_8))
              .toString();
    }
  }

  @Override
  public ToonRunView run(String runId, RunQuery query) {
    return ToonRunView.of(wholeRuns.theOne(runId, query.tenant()));
  }

  @Override
  public HttpResponse<Receipt> end(String runId, HttpRequest<byte[]> request) {
    byte[] body = request.getBody().orElseGet(() -> new byte[0]);
    String tenant = Doors.tenant(request);
    long now = times.of(tenant, Doors.idempotencyKey(request));
    String owner = tenant != null ? tenant : ownerOf(runId);
    return body.length == 0
        ? doors.pass(
            request,
            (reader, place) -> now,
            (at, gateway) -> ended(gateway.take(ToonEvents.finalized(runId, owner, at))))
        : doors.json(
            request,
            body,
            (tree, gateway) ->
                ended(gateway.take(ToonEvents.finalized(runId, owner, endOf(tree, now)))));
  }

  private static HttpResponse<Receipt> ended(Receipt receipt) {
    Doors.requireTaken(receipt);
    return HttpResponse.accepted().body(receipt);
  }

  private @Nullable String ownerOf(String runId) {
    Optional<Owner> owner = owners.find(null, runId);
    return owner.isPresent() ? owner.get().tenant() : null;
  }

  private static long endOf(JsonNode body, long now) throws UnmappableException {
    SourceObject source = SourceObject.of(body);
    Long named = source.time("t");
    Long ended = named == null ? source.time("ended_at") : named;
    return ended == null ? now : ended;
  }

  @Override
  public HttpResponse<Receipt> ofRun(String runId, byte @Nullable [] body, HttpRequest<?> request) {
    return take(runId, body, request);
  }

  @Override
  public HttpResponse<Receipt> batch(byte @Nullable [] body, HttpRequest<?> request) {
    return take(null, body, request);
  }

  private HttpResponse<Receipt> take(
      @Nullable String runId, byte @Nullable [] body, HttpRequest<?> request) {
    String tenant = Doors.tenant(request);
    Map<String, Optional<Owner>> asked = new HashMap<>();
    return doors.json(
        request,
        body,
        (tree, gateway) -> {
          Mapped mapped =
              ToonEvents.events(
                  ToonEvents.list(tree, maxEvents),
                  runId,
                  tenant,
                  run -> asked.computeIfAbsent(run, id -> owners.find(tenant, id)));
          return HttpResponse.accepted().body(gateway.take(mapped));
        });
  }

  @Override
  public HttpResponse<?> trace(String runId, RunQuery query) {
    RunView run = wholeRuns.theOne(runId, query.tenant());
    CurrentCaller.shows(run.events());
    return HttpResponse.ok(
        new StreamedFile(wholeRuns.stream(run), MediaType.APPLICATION_JSON_TYPE));
  }
}
