package dev.waymark.api.http;

import dev.waymark.api.feed.FeedHub;
import dev.waymark.api.feed.FeedUnavailableException;
import dev.waymark.api.feed.TooManyWatchersException;
import io.micronaut.core.convert.value.ConvertibleMultiValues;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the WebSockets of the live feed have in common. */
final class FeedSocket {
  private static final int MAX_REASON_BYTES = 120;
  private static final Set<String> PARAMETERS =
      new TreeSet<>(
          Set.of("tenant", "kind", "run", "agent", "type", "severity", "q", "last_id", "ticket"));

  private FeedSocket() {}

  /**
   * Begins to watch; closes the socket with the reason where that cannot be.
   *
   * @param request that asked for the socket: whose it is
   * @param run of the address; null: the parameter's
   * @param agent of the address; null: the parameter's
   */
  static void open(
      FeedHub hub,
      HttpRequest<?> request,
      WebSocketSession session,
      @Nullable String run,
      @Nullable String agent) {
    ServerRequestContext.with(request, () -> watch(hub, session, run, agent));
  }

  private static void watch(
      FeedHub hub, WebSocketSession session, @Nullable String run, @Nullable String agent) {
    try {
      ConvertibleMultiValues<String> asked = session.getRequestParameters();
      Parameters parameters = new Parameters();
      parameters.known(asked.names(), PARAMETERS);
      parameters.check();
      FeedQuery query =
          new FeedQuery(
              asked.get("tenant"),
              asked.get("kind"),
              run == null ? asked.get("run") : run,
              agent == null ? asked.get("agent") : agent,
              asked.get("type"),
              asked.get("severity"),
              asked.get("q"),
              asked.get("last_id"));
      FeedRequest.of(query, null).watch(hub, new SocketOutlet(session));
    } catch (ProblemException e) {
      close(session, CloseReason.POLICY_VIOLATION.getCode(), String.valueOf(e.getMessage()));
    } catch (TooManyWatchersException | FeedUnavailableException e) {
      close(session, CloseReason.TRY_AGAIN_LATER.getCode(), String.valueOf(e.getMessage()));
    }
  }

  /** The protocol has room for a short reason only. */
  static void close(WebSocketSession session, int code, String reason) {
    String ascii = reason.replaceAll("[^ -~]", "?");
    session.close(
        new CloseReason(code, ascii.substring(0, Math.min(ascii.length(), MAX_REASON_BYTES))));
  }
}
