package dev.waymark.api.http;

import dev.waymark.api.feed.FeedHub;
import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;

/** The live feed, whatever is asked for. */
@ServerWebSocket("/ws/feed")
final class FeedAllSocket {
  private final FeedHub hub;

  FeedAllSocket(FeedHub hub) {
    this.hub = hub;
  }

  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @OnOpen
  void open(HttpRequest<?> request, WebSocketSession session) {
    FeedSocket.open(hub, request, session, null, null);
  }

  /** Watchers have nothing to say; what they send is not read. */
  @OnMessage
  void ignore(String message) {}
}
