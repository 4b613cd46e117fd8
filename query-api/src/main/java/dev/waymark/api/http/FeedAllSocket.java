package dev.waymark.api.http;

import dev.waymark.api.feed.FeedHub;
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

  @OnOpen
  void open(WebSocketSession session) {
    FeedSocket.open(hub, session, null, null);
  }

  /** Watchers have nothing to say; what they send is not read. */
  @OnMessage
  void ignore(String message) {}
}
