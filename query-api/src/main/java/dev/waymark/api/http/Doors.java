package dev.waymark.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waymark.api.doors.Mapped;
import dev.waymark.api.doors.TooManyEventsException;
import dev.waymark.api.doors.UnmappableException;
import dev.waymark.api.gateway.Gateway;
import dev.waymark.api.gateway.InFlight;
import dev.waymark.api.gateway.Receipt;
import dev.waymark.api.gateway.Sender;
import dev.waymark.api.security.Caller;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What all doors have in common: a place among those in flight, a body, a mapping, the gateway. */
@Singleton
final class Doors {
  /** Whose events they are, where the operator sends them and the shape has no field for it. */
  static final String TENANT = "X-Waymark-Tenant";

  static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  static final Set<String> JSON = Set.of("application/json");

  private final InFlight inFlight;
  private final Bodies bodies;
  private final Gateway gateway;

  Doors(InFlight inFlight, Bodies bodies, Gateway gateway) {
    this.inFlight = inFlight;
    this.bodies = bodies;
    this.gateway = gateway;
  }

  /** How a door reads a body. */
  interface Reading<T> {
    T read(Bodies bodies, InFlight.Place place);
  }

  /** What becomes of events; to be asked once a request. */
  interface Taking {
    Receipt take(Mapped mapped);
  }

  /** What a door does with a body: makes events of it, has them taken, and answers. */
  interface Door<T, R> {
    R pass(T body, Taking gateway) throws UnmappableException, TooManyEventsException;
  }

  /** For a body of JSON. */
  <R> R json(HttpRequest<?> request, byte @Nullable [] body, Door<JsonNode, R> door) {
    Bodies.type(request, JSON);
    return pass(request, (reader, place) -> reader.tree(request, body, place), door);
  }

  /** For a body of any kind. */
  <T, R> R pass(HttpRequest<?> request, Reading<T> reading, Door<T, R> door) {
    String key = idempotencyKey(request);
    Sender sender = sender(request);
    try (InFlight.Place place = inFlight.enter()) {
      return door.pass(reading.read(bodies, place), mapped -> take(mapped, key, sender));
    } catch (UnmappableException e) {
      throw ProblemException.badBody(e.path(), e.reason());
    } catch (TooManyEventsException e) {
      throw ProblemException.tooLargeBody(String.valueOf(e.getMessage()));
    }
  }

  private Receipt take(Mapped mapped, @Nullable String key, Sender sender) {
    return gateway.accept(mapped.candidates(), key, sender).withRejected(mapped.rejected());
  }

  /** The one event of a door that takes one was refused: that is the caller's error. */
  static void requireTaken(Receipt receipt) {
    if (!receipt.rejected().isEmpty()) {
      throw ProblemException.badBody(
          receipt.rejected().get(0).path(), receipt.rejected().get(0).reason());
    }
  }

  /**
   * The credential's tenant; the operator's credentials may name one, and have none otherwise.
   * Throws {@link dev.waymark.api.security.ForeignTenantException}.
   */
  static @Nullable String tenant(HttpRequest<?> request) {
    Parameters parameters = new Parameters();
    String tenant = parameters.name(TENANT, request.getHeaders().get(TENANT));
    parameters.check();
    return CurrentCaller.of(request).tenantOf(tenant).orElse(null);
  }

  private static Sender sender(HttpRequest<?> request) {
    Caller caller = CurrentCaller.of(request);
    return new Sender(caller.tenantOf(null).orElse(null), caller.agents());
  }

  static @Nullable String idempotencyKey(HttpRequest<?> request) {
    Parameters parameters = new Parameters();
    String key = parameters.key(IDEMPOTENCY_KEY, request.getHeaders().get(IDEMPOTENCY_KEY));
    parameters.check();
    return key;
  }
}
