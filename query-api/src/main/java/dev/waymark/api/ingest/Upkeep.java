package dev.waymark.api.ingest;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.store.DailyCountStore;
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
 * Keeps up what is derived from rows that the jobs write, in the background: adds new runs and
 * violations to the counts by day, and makes runs searchable that have grown, one after another.
 */
@Singleton
final class Upkeep implements ApplicationEventListener<ServerStartupEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final int RUNS_AT_ONCE = 50;

  private final DailyCountStore counts;
  private final SearchIndexStore search;
  private final int periodMs;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "upkeep");
            made.setDaemon(true);
            return made;
          });

  Upkeep(DailyCountStore counts, SearchIndexStore search, ApiConfig config) {
    this.counts = counts;
    this.search = search;
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
        counts.addUp();
        runs = search.take(RUNS_AT_ONCE);
        runs.forEach(search::index);
      } while (runs.size() == RUNS_AT_ONCE && !thread.isShutdown());
    } catch (StoreUnavailableException e) {
      // What was taken falls due again.
    } catch (IllegalStateException e) {
      // A task that throws would never run again.
      LOG.atError().setCause(e).log("a run cannot be counted or made searchable");
    }
  }
}
