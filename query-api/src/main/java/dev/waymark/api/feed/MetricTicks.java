package dev.waymark.api.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.MetricTickStore;
import dev.waymark.api.store.MetricTickView;
import dev.waymark.api.store.StoreUnavailableException;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Puts windows of the metrics that have changed into the ring, while anybody watches them. The
 * metrics are in the database alone, so this looks; one look serves all.
 */
@Singleton
final class MetricTicks implements ApplicationEventListener<ServerStartupEvent> {
  private final MetricTickStore store;
  private final FeedHub hub;
  private final FeedRing ring;
  private final ObjectMapper json;
  private final int periodMs;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "feed-metrics");
            made.setDaemon(true);
            return made;
          });
  private Map<Window, Long> told = new HashMap<>();

  MetricTicks(
      MetricTickStore store, FeedHub hub, FeedRing ring, ObjectMapper json, ApiConfig config) {
    this.store = store;
    this.hub = hub;
    this.ring = ring;
    this.json = json;
    this.periodMs = config.reads().feed().metricTickMs();
  }

  private record Window(String tenant, String agentId, Instant at) {}

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    Future<?> unused =
        thread.scheduleWithFixedDelay(this::look, periodMs, periodMs, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void close() {
    thread.shutdownNow();
  }

  private void look() {
    if (!hub.hasWatcherOf(FeedKind.METRIC)) {
      return;
    }
    try {
      Map<Window, Long> now = new HashMap<>();
      for (MetricTickView tick : store.latest(TenantScope.all())) {
        Window window = new Window(tick.tenant(), tick.agentId(), tick.at());
        now.put(window, tick.events());
        Long before = told.get(window);
        if (before == null || before != tick.events()) {
          tell(tick);
        }
      }
      told = now;
    } catch (StoreUnavailableException e) {
      // The next look tells what this one missed.
    }
  }

  private void tell(MetricTickView tick) {
    ring.appendPassing(
        FeedKind.METRIC,
        new FeedMessage.Facts(tick.tenant(), null, tick.agentId(), null, null),
        written(tick));
  }

  private String written(MetricTickView tick) {
    try {
      return json.writeValueAsString(tick);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view can be written", e);
    }
  }
}
