package dev.waymark.api.http;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.gateway.InFlight;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.util.concurrent.TimeUnit;

/**
 * Looks at requests that bring events before their body is read and before they have a thread: what
 * cannot be taken must cost next to nothing. Whoever finds no place is turned away; a large body
 * reserves its bytes, as the server keeps what has come of it; one that takes too long to come
 * loses its connection. Small bodies reserve nothing, so that large ones never keep them out.
 */
@ServerFilter(
    patterns = {
      EventDoors.EVENTS,
      EventDoors.RUNS,
      EventDoors.TRACE_EVENTS,
      EventDoors.AUDIT_AND_OTLP,
      EventDoors.USAGE,
      EventDoors.DECISIONS
    },
    methods = HttpMethod.POST)
final class Arrivals {
  private static final String ARRIVAL = "waymark.arrival";
  private static final int SMALL_BYTES = 1 << 14;

  private final InFlight inFlight;
  private final int maxBodyBytes;
  private final int timeoutMs;

  Arrivals(InFlight inFlight, ApiConfig config) {
    this.inFlight = inFlight;
    this.maxBodyBytes = config.ingest().maxBodyBytes();
    this.timeoutMs = config.ingest().bodyTimeoutMs();
  }

  /** Throws what {@link InFlight} throws. */
  @RequestFilter
  void begin(HttpRequest<?> request) {
    if (request instanceof NettyHttpRequest<?> netty) {
      Channel channel = netty.getChannelHandlerContext().channel();
      Arrival arrival = new Arrival(inFlight.expect(expectedBytes(request)), channel);
      request.setAttribute(ARRIVAL, arrival);
    }
  }

  /** Whatever the answer is, nothing is awaited any more. */
  @ResponseFilter
  void end(HttpRequest<?> request) {
    request.getAttribute(ARRIVAL, Arrival.class).ifPresent(Arrival::end);
  }

  /** A body of unknown length may become the longest; a longer one is refused by the server. */
  private int expectedBytes(HttpRequest<?> request) {
    long length = request.getContentLength();
    int bytes = length < 0 ? maxBodyBytes : (int) Math.min(length, maxBodyBytes);
    return bytes <= SMALL_BYTES ? 0 : bytes;
  }

  /** One body on its way: ends with the answer, with the connection, or when it takes too long. */
  private final class Arrival implements GenericFutureListener<Future<Object>> {
    private final InFlight.Expected expected;
    private final Channel channel;
    private final Future<?> deadline;

    Arrival(InFlight.Expected expected, Channel channel) {
      this.expected = expected;
      this.channel = channel;
      this.deadline = channel.eventLoop().schedule(this::giveUp, timeoutMs, TimeUnit.MILLISECONDS);
      channel.closeFuture().addListener(this);
    }

    private void giveUp() {
      Future<?> unused = channel.close();
    }

    @Override
    public void operationComplete(Future<Object> closed) {
      end();
    }

    void end() {
      expected.close();
      deadline.cancel(false);
      channel.closeFuture().removeListener(this);
    }
  }
}
