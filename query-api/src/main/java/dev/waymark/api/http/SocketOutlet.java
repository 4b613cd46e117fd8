package dev.waymark.api.http;

import dev.waymark.api.feed.FeedMessage;
import dev.waymark.api.feed.FeedNotice;
import dev.waymark.api.feed.FeedOutlet;
import io.micronaut.websocket.WebSocketSession;
import java.util.List;
import java.util.concurrent.Future;

/** The way to a watcher over a WebSocket: a text frame a message. */
final class SocketOutlet implements FeedOutlet {
  private final WebSocketSession session;

  SocketOutlet(WebSocketSession session) {
    this.session = session;
  }

  @Override
  public boolean isWritable() {
    return session.isOpen() && session.isWritable();
  }

  @Override
  public boolean isOpen() {
    return session.isOpen();
  }

  @Override
  public void write(List<FeedMessage> messages) {
    for (FeedMessage message : messages) {
      if (session.isOpen()) {
        Future<?> unused = session.sendAsync(message.json());
      }
    }
  }

  @Override
  public void close(FeedNotice reason) {
    if (session.isOpen()) {
      FeedSocket.close(session, reason.closeCode(), reason.code());
    }
  }
}
