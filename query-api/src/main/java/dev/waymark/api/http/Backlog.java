package dev.waymark.api.http;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.gateway.InFlight;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer.ChannelRole;
import io.micronaut.http.server.netty.NettyServerCustomizer.Registry;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Puts a {@link BacklogHandler} behind the HTTP codec of every connection: what waits in sockets
 * has no place in {@link dev.waymark.api.gateway.InFlight} yet, and would wait as long as it takes.
 */
@Singleton
final class Backlog implements BeanCreatedEventListener<Registry> {
  private final long limitNanos;
  private final InFlight inFlight;
  private final Counter turnedAway;

  Backlog(ApiConfig config, InFlight inFlight, MeterRegistry meters) {
    this.inFlight = inFlight;
    this.limitNanos = Duration.ofMillis(config.ingest().maxBacklogMs()).toNanos();
    this.turnedAway = RequestMeters.counter(meters, RequestMeters.NO_ROUTE, 429);
  }

  @Override
  public Registry onCreated(BeanCreatedEvent<Registry> event) {
    event.getBean().register(new Connections());
    return event.getBean();
  }

  private final class Connections implements NettyServerCustomizer {
    @Override
    public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
      return role == ChannelRole.CONNECTION ? new Connection(channel) : this;
    }
  }

  private final class Connection implements NettyServerCustomizer {
    private final Channel channel;

    Connection(Channel channel) {
      this.channel = channel;
    }

    @Override
    public void onStreamPipelineBuilt() {
      // HTTP/2 has another codec, and is off.
      if (channel.pipeline().get(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC) != null) {
        channel
            .pipeline()
            .addAfter(
                ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC,
                "waymark-backlog",
                new BacklogHandler(limitNanos, inFlight::places, turnedAway::increment));
      }
    }
  }
}
