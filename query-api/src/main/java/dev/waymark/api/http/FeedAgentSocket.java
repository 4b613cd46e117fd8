package dev.waymark.api.http;

import dev.waymark.api.feed.FeedHub;
import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;

/** The live feed of one agent. */
@ServerWebSocket("/ws/agents/{agent_id}")
final class FeedAgentSocket {
  private final FeedHub hub;

  FeedAgentSocket(FeedHub hub) {
    this.hub = hub;
  }

  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @OnOpen
  void open(
      @PathVariable("agent_id") String agentId, HttpRequest<?> request, WebSocketSession session) {
    FeedSocket.open(hub, request, session, null, agentId);
  }

  /** Watchers have nothing to say; what they send is not read. */
  @OnMessage
  void ignore(String message) {}
}
