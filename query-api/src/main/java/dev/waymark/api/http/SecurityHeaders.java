package dev.waymark.api.http;

import dev.waymark.api.dashboard.Dashboard;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Tells browsers to load nothing from elsewhere, to guess no types, and to keep no answer of the
 * API.
 */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
final class SecurityHeaders implements Ordered {
  @Override
  public int getOrder() {
    return FilterOrder.FIRST;
  }

  // Swagger UI sets styles from its own script and has its icons as data: addresses.
  private static final String SCRIPTS = "default-src 'none'; script-src 'self' ";

  private static final String THE_REST =
      "; style-src 'self'; img-src 'self' data:; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Dashboard dashboard;

  SecurityHeaders(Dashboard dashboard) {
    this.dashboard = dashboard;
  }

  @ResponseFilter
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    response.header(
        "Content-Security-Policy", SCRIPTS + "'" + dashboard.importMapHash() + "'" + THE_REST);
    response.header("X-Content-Type-Options", "nosniff");
    response.header("Referrer-Policy", "no-referrer");
    String path = request.getPath();
    boolean isAnswer = path.startsWith("/api/") || path.startsWith("/dashboard/");
    if (isAnswer && !response.getHeaders().contains(HttpHeaders.CACHE_CONTROL)) {
      response.header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
  }
}
