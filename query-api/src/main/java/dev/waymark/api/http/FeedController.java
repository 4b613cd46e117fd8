package dev.waymark.api.http;

import dev.waymark.api.feed.FeedHub;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** Binds {@link FeedOperations} to the feed. */
@Controller
final class FeedController implements FeedOperations {
  private final FeedHub hub;

  FeedController(FeedHub hub) {
    this.hub = hub;
  }

  @Override
  public HttpResponse<Publisher<byte[]>> feed(FeedQuery query, @Nullable String lastEventId) {
    EventStream stream = new EventStream();
    FeedRequest.of(query, lastEventId).watch(hub, stream);
    return HttpResponse.<Publisher<byte[]>>ok(stream)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        // A compressor or a proxy would hold messages back until it has enough of them.
        .header(HttpHeaders.CONTENT_ENCODING, "identity")
        .header("X-Accel-Buffering", "no");
  }
}
