package dev.waymark.api.http;

import dev.waymark.api.gateway.InFlight;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Turns away requests that bring events while there is no place for them, before their body is read
 * and before they get a thread: what cannot be taken must cost next to nothing. Takes no place: a
 * slow body would hold it.
 */
@ServerFilter(
    patterns = {
      "/api/v1/events",
      "/api/runs/**",
      "/api/trace-events/**",
      "/v1/**",
      "/ingest/**",
      "/api/v1/audit/log"
    },
    methods = HttpMethod.POST)
final class FullHouse {
  private final InFlight inFlight;

  FullHouse(InFlight inFlight) {
    this.inFlight = inFlight;
  }

  /** Throws what {@link InFlight#enter} would throw. */
  @RequestFilter
  void turnAway(HttpRequest<?> request) {
    inFlight.requireRoom();
  }
}
