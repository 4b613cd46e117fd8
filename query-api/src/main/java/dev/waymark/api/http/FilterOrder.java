package dev.waymark.api.http;

import io.micronaut.http.filter.ServerFilterPhase;

/** What comes after what on a request's way in; on the way out it is the other way round. */
final class FilterOrder {
  /** What holds for every answer, also of those who are turned away. */
  static final int FIRST = ServerFilterPhase.FIRST.order();

  /** Whoever may not ask is not counted. */
  static final int RATE_LIMITS = ServerFilterPhase.SECURITY.after();

  /** What a route does not know is no secret, but only told to those who may use it. */
  static final int PARAMETERS = RATE_LIMITS + 1;

  /** What is refused before was no read and no change. */
  static final int ACCESS_LOG = PARAMETERS + 1;

  private FilterOrder() {}
}
