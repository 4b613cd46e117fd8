package dev.waymark.api.http;

import dev.waymark.api.feed.FeedHub;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;

/** The live feed of one run. */
@ServerWebSocket("/ws/runs/{run_id}")
final class FeedRunSocket {
  private final FeedHub hub;

  FeedRunSocket(FeedHub hub) {
    this.hub = hub;
  }

  @OnOpen
  void open(@PathVariable("run_id") String runId, WebSocketSession session) {
    FeedSocket.open(hub, session, runId, null);
  }

  /** Watchers have nothing to say; what they send is not read. */
  @OnMessage
  void ignore(String message) {}
}
