package dev.waymark.api.feed;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.config.ReadConfig;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Everybody who watches. A few threads go round: each watcher is written what it can take and is
 * left alone where it can take nothing, so that a slow one costs the others nothing. Between two
 * rounds some milliseconds pass, so that many messages go out in one write.
 */
@Singleton
public final class FeedHub {
  private static final int WRITERS = 2;
  private static final long ROUND_MS = 10;
  private static final long IDLE_MS = 250;

  /** Who lost his connection comes back within it, and is told from memory what he missed. */
  private static final long AWAY_NANOS = Duration.ofSeconds(30).toNanos();

  private static final int RESUMES_AT_ONCE = 4;
  private static final int RESUMES_WAITING = 256;

  private final FeedRing ring;
  private final FeedConsumers consumers;
  private final ReadConfig.Feed config;
  private final long heartbeatNanos;
  private final List<Writer> writers = new ArrayList<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile long leftNanos = System.nanoTime() - AWAY_NANOS;
  private final ThreadPoolExecutor resumes;

  FeedHub(FeedRing ring, FeedConsumers consumers, ApiConfig config, MeterRegistry meters) {
    this.ring = ring;
    this.consumers = consumers;
    this.config = config.reads().feed();
    this.heartbeatNanos = Duration.ofMillis(config.reads().feed().heartbeatMs()).toNanos();
    this.resumes =
        new ThreadPoolExecutor(
            RESUMES_AT_ONCE,
            RESUMES_AT_ONCE,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(RESUMES_WAITING),
            work -> daemon(work, "feed-resume"));
    resumes.allowCoreThreadTimeOut(true);
    meters.gauge("waymark.feed.readers", count);
    for (int i = 0; i < WRITERS; i++) {
      Writer writer = new Writer();
      writers.add(writer);
      daemon(writer, "feed-writer-" + i).start();
    }
  }

  /** Whether the text is the id of a message, of whichever process. */
  public static boolean isResumeId(String id) {
    return Position.decode(id).isPresent();
  }

  /** How many watch. */
  public int watchers() {
    return count.get();
  }

  /** Whether anybody watches, or did a moment ago. */
  boolean isWatched() {
    return count.get() > 0 || System.nanoTime() - leftNanos < AWAY_NANOS;
  }

  /** Whether anybody watches metrics. */
  boolean hasWatcherOf(FeedKind kind) {
    return writers.stream()
        .flatMap(writer -> writer.watchers.stream())
        .anyMatch(watcher -> watcher.filter().kinds().contains(kind));
  }

  /**
   * Watches from now on, or from the last id on. Throws {@link TooManyWatchersException}, {@link
   * FeedUnavailableException}.
   *
   * @param lastId of the last message that the watcher had
   */
  public void watch(FeedFilter filter, Optional<String> lastId, FeedOutlet outlet) {
    Position end = enter();
    Position from = lastId.flatMap(Position::decode).orElse(end);
    Watcher watcher =
        new Watcher(filter, outlet, ring, from, Duration.ofMillis(config.maxWatchMs()));
    watcher.tell(FeedNotice.CONNECTED);
    if (!watcher.attach(from)) {
      resume(watcher);
    }
    writers.get(Math.floorMod(turn.getAndIncrement(), WRITERS)).watchers.add(watcher);
  }

  /** Counted first: from then on the ring stays as it is, and its end can be told. */
  private Position enter() {
    if (count.incrementAndGet() > config.maxReaders()) {
      count.decrementAndGet();
      throw new TooManyWatchersException(config.maxReaders());
    }
    return ring.end()
        .orElseThrow(
            () -> {
              count.decrementAndGet();
              return new FeedUnavailableException();
            });
  }

  private void resume(Watcher watcher) {
    try {
      resumes.execute(new CatchUp(consumers, ring, watcher, config.maxResumeRecords()));
    } catch (RejectedExecutionException e) {
      watcher.tell(FeedNotice.RESUME_FAILED);
    }
  }

  @PreDestroy
  void close() {
    resumes.shutdownNow();
    for (Writer writer : writers) {
      writer.isStopped = true;
      writer.watchers.forEach(watcher -> watcher.tell(FeedNotice.GOING_AWAY));
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Goes round among its watchers. */
  private final class Writer implements Runnable {
    private final CopyOnWriteArrayList<Watcher> watchers = new CopyOnWriteArrayList<>();
    private volatile boolean isStopped;

    @Override
    public void run() {
      try {
        while (!isStopped) {
          long known = ring.next();
          boolean isMoreLeft = false;
          for (Watcher watcher : watchers) {
            isMoreLeft |= watcher.advance(heartbeatNanos);
          }
          forgetThoseWhoLeft();
          Thread.sleep(ROUND_MS);
          if (!isMoreLeft) {
            ring.await(known, IDLE_MS);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void forgetThoseWhoLeft() {
      for (Watcher watcher : watchers) {
        if (watcher.isOver()) {
          watchers.remove(watcher);
          leftNanos = System.nanoTime();
          count.decrementAndGet();
        }
      }
    }
  }
}
