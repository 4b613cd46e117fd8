package dev.waymark.api.http;

import io.micronaut.http.client.annotation.Client;

/** Clients made from the interfaces that the controllers implement. */
interface Clients {
  @Client("${api.url}")
  interface Runs extends RunOperations {}

  @Client("${api.url}")
  interface Violations extends ViolationOperations {}

  @Client("${api.url}")
  interface Metrics extends MetricOperations {}

  @Client("${api.url}")
  interface Rules extends RuleOperations {}

  @Client("${api.url}")
  interface Agents extends AgentOperations {}

  @Client("${api.url}")
  interface Dashboard extends DashboardOperations {}

  @Client("${api.url}")
  interface Search extends SearchOperations {}

  @Client("${api.url}")
  interface Received extends ReceivedOperations {}
}
