package dev.waymark.api.http;

import dev.waymark.api.feed.FeedHub;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;

/** The live feed as the dashboard watches it. */
@ServerWebSocket("/ws/dashboard")
final class FeedDashboardSocket {
  private final FeedHub hub;

  FeedDashboardSocket(FeedHub hub) {
    this.hub = hub;
  }

  @OnOpen
  void open(WebSocketSession session) {
    FeedSocket.open(hub, session, null, null);
  }

  /** Watchers have nothing to say; what they send is not read. */
  @OnMessage
  void ignore(String message) {}
}
