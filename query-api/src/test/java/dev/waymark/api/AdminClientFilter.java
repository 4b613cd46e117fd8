package dev.waymark.api;

import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.RequestFilter;

/** Lets the clients that are declared in tests ask as the operator's admin. */
@ClientFilter(Filter.MATCH_ALL_PATTERN)
final class AdminClientFilter {
  @RequestFilter
  void add(MutableHttpRequest<?> request) {
    request.bearerAuth(ApiServer.ADMIN_KEY);
  }
}
