package dev.waymark.api.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests that bring events away once the connection's thread has been busy for too long
 * with those that were before them, or has taken as many as there were places: a thread of the
 * server takes turns, in each it goes over all connections that have something for it, and
 * meanwhile the others wait. Saying no here costs a small part of what it costs to find a route and
 * to see who asks.
 */
final class BacklogHandler extends ChannelDuplexHandler {
  private static final int FEW = 8;
  private static final int SMALL_BYTES = 1 << 14;

  private static final FastThreadLocal<Turn> TURN =
      new FastThreadLocal<>() {
        @Override
        protected Turn initialValue() {
          return new Turn();
        }
      };

  private final long limitNanos;
  private final IntSupplier places;
  private final Runnable count;
  private int unanswered;
  private @Nullable String turnedAwayPath;
  private boolean isClosing;

  /** A thread's turn over its connections. Its work for later, such as ending it, comes behind. */
  private static final class Turn {
    private long beganNanos;
    private int requests;
    private int places;

    /** Counts one more; whether it may pass. */
    boolean takes(long limitNanos, IntSupplier free, ChannelHandlerContext context) {
      if (requests++ == 0) {
        beganNanos = System.nanoTime();
        places = free.getAsInt();
        context.channel().eventLoop().execute(() -> requests = 0);
      }
      return !isLongerThan(limitNanos) && places-- > 0;
    }

    /** A few that take long are no overload. */
    private boolean isLongerThan(long nanos) {
      return requests > FEW && System.nanoTime() - beganNanos > nanos;
    }
  }

  /**
   * @param places how many more requests could be worked on
   * @param count called for each request that is turned away
   */
  BacklogHandler(long limitNanos, IntSupplier places, Runnable count) {
    this.limitNanos = limitNanos;
    this.places = places;
    this.count = count;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request && !isClosing) {
      turnedAwayPath = isTooMuch(request, context) ? path(request) : null;
      if (turnedAwayPath == null) {
        unanswered++;
      } else if (!isSmall(request)) {
        // Its body is not waited for.
        isClosing = true;
        turnAway(context, turnedAwayPath).addListener(ChannelFutureListener.CLOSE);
      }
    }
    if (turnedAwayPath == null) {
      context.fireChannelRead(message);
      return;
    }
    ReferenceCountUtil.release(message);
    if (isClosing) {
      return;
    }
    if (message instanceof LastHttpContent) {
      ChannelFuture unused = turnAway(context, turnedAwayPath);
    }
    context.read();
  }

  private boolean isTooMuch(HttpRequest request, ChannelHandlerContext context) {
    return EventDoors.isOneOf(request.method(), request.uri())
        && unanswered == 0
        && !TURN.get().takes(limitNanos, places, context);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof LastHttpContent) {
      unanswered--;
    }
    super.write(context, message, promise);
  }

  private static String path(HttpRequest request) {
    String uri = request.uri();
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  private static boolean isSmall(HttpRequest request) {
    return !HttpUtil.is100ContinueExpected(request)
        && HttpUtil.getContentLength(request, Long.MAX_VALUE) <= SMALL_BYTES;
  }

  private ChannelFuture turnAway(ChannelHandlerContext context, String path) {
    count.run();
    byte[] problem = problem(path).getBytes(StandardCharsets.UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.TOO_MANY_REQUESTS,
            Unpooled.wrappedBuffer(problem));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
        .set(HttpHeaderNames.RETRY_AFTER, "1")
        .set(HttpHeaderNames.CONTENT_LENGTH, problem.length);
    return context.writeAndFlush(response);
  }

  /** A {@link ProblemView}, by hand: this is where time is short. */
  private static String problem(String path) {
    return "{\"type\":\"about:blank\",\"title\":\"Too Many Requests\",\"status\":429,"
        + "\"detail\":\"as much work waits as may; try again\",\"instance\":\""
        + new String(JsonStringEncoder.getInstance().quoteAsString(path))
        + "\"}";
  }
}
