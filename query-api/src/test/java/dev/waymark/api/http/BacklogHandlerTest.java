package dev.waymark.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A thread that is behind turns events away, and nothing else, whole requests at a time. */
class BacklogHandlerTest {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long ALWAYS = -1;
  private static final int FEW = 8;
  private static final String DOOR = "/api/v1/events";

  /** Others of the same thread, which have had its turn so far. */
  private final List<EmbeddedChannel> others = new ArrayList<>();

  private int turnedAway;
  private int places = 100;

  private BacklogHandler handler(long limitNanos) {
    return new BacklogHandler(limitNanos, () -> places, () -> turnedAway++);
  }

  @BeforeEach
  void beginTurn() {
    for (int i = 0; i < FEW; i++) {
      EmbeddedChannel other = new EmbeddedChannel(handler(ALWAYS));
      others.add(other);
      other.pipeline().fireChannelRead(request(HttpMethod.POST, DOOR, 0));
      assertThat(other.<Object>readInbound()).as("a few pass in any case").isNotNull();
    }
  }

  @AfterEach
  void endTurn() {
    others.forEach(EmbeddedChannel::runPendingTasks);
  }

  @Test
  void letsPassWhatIsInTime() {
    EmbeddedChannel channel = new EmbeddedChannel(handler(NEVER));

    assertThat(post(channel, DOOR, 2)).isTrue();
    assertThat(channel.<Object>readOutbound()).isNull();
  }

  @Test
  void turnsEventsAwayOnceTheirBodyIsThere() {
    EmbeddedChannel channel = new EmbeddedChannel(handler(ALWAYS));

    for (int i = 0; i < 3; i++) {
      assertThat(post(channel, DOOR, 2)).isFalse();
      FullHttpResponse answer = channel.readOutbound();
      assertThat(answer.status()).isEqualTo(HttpResponseStatus.TOO_MANY_REQUESTS);
      assertThat(answer.headers().get(HttpHeaderNames.RETRY_AFTER)).isEqualTo("1");
      answer.release();
    }
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void saysWhatEveryProblemSays() throws Exception {
    EmbeddedChannel channel = new EmbeddedChannel(handler(ALWAYS));

    post(channel, "/v1/\"x\"?y=1", 2);

    FullHttpResponse answer = channel.readOutbound();
    JsonNode problem = new ObjectMapper().readTree(answer.content().toString(UTF_8));
    answer.release();
    assertThat(problem.path("status").intValue()).isEqualTo(429);
    assertThat(problem.path("instance").textValue()).isEqualTo("/v1/\"x\"");
    assertThat(problem.path("detail").textValue()).isNotEmpty();
    assertThat(turnedAway).isEqualTo(1);
  }

  @Test
  void doesNotWaitForALargeBody() {
    EmbeddedChannel channel = new EmbeddedChannel(handler(ALWAYS));

    // The end of the body has come with it.
    channel.pipeline().fireChannelRead(request(HttpMethod.POST, DOOR, 1 << 20));
    channel.pipeline().fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);

    FullHttpResponse answer = channel.readOutbound();
    assertThat(answer.status()).isEqualTo(HttpResponseStatus.TOO_MANY_REQUESTS);
    answer.release();
    assertThat(channel.<Object>readOutbound()).isNull();
    assertThat(channel.isOpen()).isFalse();
    assertThat(turnedAway).isEqualTo(1);
  }

  @Test
  void letsAsManyPassAsThereArePlaces() {
    endTurn();
    places = 1;
    EmbeddedChannel first = new EmbeddedChannel(handler(NEVER));
    EmbeddedChannel second = new EmbeddedChannel(handler(NEVER));
    others.add(first);

    first.pipeline().fireChannelRead(request(HttpMethod.POST, DOOR, 0));
    assertThat(first.<Object>readInbound()).isNotNull();
    assertThat(post(second, DOOR, 2)).isFalse();
    second.<FullHttpResponse>readOutbound().release();
    assertThat(turnedAway).isEqualTo(1);
  }

  @Test
  void beginsAnewInTheNextTurn() {
    EmbeddedChannel channel = new EmbeddedChannel(handler(ALWAYS));
    assertThat(post(channel, DOOR, 2)).isFalse();
    channel.<FullHttpResponse>readOutbound().release();

    endTurn();

    assertThat(post(channel, DOOR, 2)).isTrue();
  }

  @Test
  void letsEverythingElsePass() {
    EmbeddedChannel channel = new EmbeddedChannel(handler(ALWAYS));

    assertThat(post(channel, "/auth/token", 2)).isTrue();
    assertThat(channel.writeInbound(request(HttpMethod.GET, DOOR, 0))).isTrue();
  }

  @Test
  void answersInTheOrderOfRequests() {
    // Given a request that is not answered yet
    EmbeddedChannel channel = new EmbeddedChannel(handler(ALWAYS));
    channel.pipeline().fireChannelRead(request(HttpMethod.POST, "/auth/token", 0));
    channel.pipeline().fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    channel.releaseInbound();

    // When another comes, it passes
    assertThat(post(channel, DOOR, 2)).isTrue();
  }

  /** Whether it was let pass. */
  private static boolean post(EmbeddedChannel channel, String path, int bytes) {
    channel.writeInbound(request(HttpMethod.POST, path, bytes));
    channel.writeInbound(new DefaultLastHttpContent(Unpooled.wrappedBuffer(new byte[bytes])));
    boolean isPassed = channel.readInbound() != null;
    LastHttpContent content = channel.readInbound();
    if (content != null) {
      content.release();
    }
    return isPassed;
  }

  private static HttpRequest request(HttpMethod method, String path, int bytes) {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, path);
    request.headers().set(HttpHeaderNames.CONTENT_LENGTH, bytes);
    return request;
  }
}
