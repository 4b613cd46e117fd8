package dev.waymark.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.api.DoorsServer;
import dev.waymark.api.FeedReader;
import dev.waymark.testkit.Await;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody watches for long after a credential was looked at: it may have been revoked since. */
class FeedRenewalIT {
  private static final String FEED = "/api/v1/feed";

  @TempDir private Path objects;

  @Test
  void asksForTheCredentialAgain() {
    try (DoorsServer server =
        new DoorsServer(objects, Map.of("WAYMARK_FEED_MAX_WATCH_MS", "1000"))) {
      Await.until("the feed", () -> server.api().get(FEED).statusCode() == 200);
      try (FeedReader stream = FeedReader.sse(server.api().uri(FEED), null);
          FeedReader socket = FeedReader.socket(server.api().uri("/ws/feed"))) {
        stream.awaitNotice("connected").awaitNotice("ask_again").awaitEnd();
        socket.awaitNotice("connected").awaitEnd();
        assertThat(socket.closeCode()).isEqualTo(4401);
      }
    }
  }
}
