package dev.waymark.api.http;

import dev.waymark.api.security.Caller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import java.util.Optional;

/**
 * Whose request is being answered, and whose data it turned out to be about. There is none for
 * public routes.
 */
final class CurrentCaller {
  private static final String CALLER = "waymark.caller";
  private static final String SUBJECT = "waymark.subject";
  private static final String ROWS = "waymark.rows";

  private CurrentCaller() {}

  /** Throws where nobody was let in: a route that needs a caller has one. */
  static Caller get() {
    return of(request());
  }

  static Caller of(HttpRequest<?> request) {
    return request
        .getAttribute(CALLER, Caller.class)
        .orElseThrow(() -> new IllegalStateException("the request has no caller"));
  }

  static void set(HttpRequest<?> request, Caller caller) {
    request.setAttribute(CALLER, caller);
  }

  /** The answer is about that tenant, as the access log notes. */
  static void tellsOf(String tenant) {
    request().setAttribute(SUBJECT, tenant);
  }

  /** The tenant an answer is about; else the caller's own. */
  static String subject(HttpRequest<?> request) {
    return request.getAttribute(SUBJECT, String.class).orElseGet(() -> of(request).tenant());
  }

  /** Whether somebody was let in by name. */
  static boolean isKnown(HttpRequest<?> request) {
    return request.getAttribute(CALLER, Caller.class).isPresent();
  }

  /** So many rows will be shown, as the access log notes where it cannot count them itself. */
  static void shows(long rows) {
    request().setAttribute(ROWS, rows);
  }

  static Optional<Long> rows(HttpRequest<?> request) {
    return request.getAttribute(ROWS, Long.class);
  }

  /** The request that is being answered. */
  static HttpRequest<?> request() {
    return ServerRequestContext.currentRequest()
        .orElseThrow(() -> new IllegalStateException("no request is being answered"));
  }
}
