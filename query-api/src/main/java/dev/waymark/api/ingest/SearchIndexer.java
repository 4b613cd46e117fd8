package dev.waymark.api.ingest;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.store.SearchIndexStore;
import dev.waymark.api.store.SearchIndexStore.QueuedRun;
import dev.waymark.api.store.StoreUnavailableException;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for runs that have grown and makes them searchable, in the background, one after another.
 */
@Singleton
final class SearchIndexer implements ApplicationEventListener<ServerStartupEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(SearchIndexer.class);
  private static final int RUNS_AT_ONCE = 50;

  private final SearchIndexStore store;
  private final int periodMs;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "search-indexer");
            made.setDaemon(true);
            return made;
          });

  SearchIndexer(SearchIndexStore store, ApiConfig config) {
    this.store = store;
    this.periodMs = config.reads().search().indexMs();
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    if (periodMs > 0) {
      Future<?> unused =
          thread.scheduleWithFixedDelay(this::look, periodMs, periodMs, TimeUnit.MILLISECONDS);
    }
  }

  @PreDestroy
  void close() {
    thread.shutdownNow();
  }

  private void look() {
    try {
      List<QueuedRun> runs;
      do {
        runs = store.take(RUNS_AT_ONCE);
        runs.forEach(store::index);
      } while (runs.size() == RUNS_AT_ONCE && !thread.isShutdown());
    } catch (StoreUnavailableException e) {
      // What was taken falls due again.
    } catch (IllegalStateException e) {
      // A task that throws would never run again.
      LOG.atError().setCause(e).log("a run cannot be made searchable");
    }
  }
}
