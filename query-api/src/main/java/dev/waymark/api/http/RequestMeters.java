package dev.waymark.api.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Counts and times requests by route, never by what was asked for: {@code waymark.query.requests}
 * and {@code .latency}.
 */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
final class RequestMeters implements Ordered {
  /** Of requests whose route is not known. */
  static final String NO_ROUTE = "none";

  private static final String STARTED = "waymark.request.started";

  private final MeterRegistry meters;

  RequestMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public int getOrder() {
    return FilterOrder.FIRST;
  }

  @RequestFilter
  void start(HttpRequest<?> request) {
    request.setAttribute(STARTED, Timer.start(meters));
  }

  @ResponseFilter
  void stop(HttpRequest<?> request, HttpResponse<?> response) {
    String route = BasicHttpAttributes.getUriTemplate(request).orElse(NO_ROUTE);
    counter(meters, route, response.code()).increment();
    request
        .getAttribute(STARTED, Timer.Sample.class)
        .ifPresent(sample -> sample.stop(meters.timer("waymark.query.latency", "route", route)));
  }

  /** How many requests of a route had such an answer. */
  static Counter counter(MeterRegistry meters, String route, int status) {
    return meters.counter(
        "waymark.query.requests", "route", route, "status", String.valueOf(status));
  }
}
