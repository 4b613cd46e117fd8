package dev.waymark.api.http;

import dev.waymark.api.feed.FeedHub;
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

  @OnOpen
  void open(@PathVariable("agent_id") String agentId, WebSocketSession session) {
    FeedSocket.open(hub, session, null, agentId);
  }

  /** Watchers have nothing to say; what they send is not read. */
  @OnMessage
  void ignore(String message) {}
}
