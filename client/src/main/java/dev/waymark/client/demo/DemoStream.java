package dev.waymark.client.demo;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The events of all runs as one stream by time. Holds the runs that are under way. */
public final class DemoStream {
  private final DemoRuns runs;
  private final int maxRuns;
  private final Consumer<DemoRun> onStart;
  private final PriorityQueue<Queued> queue =
      new PriorityQueue<>(
          Comparator.comparingLong((Queued q) -> q.event.timeMicros())
              .thenComparingInt(q -> q.run)
              .thenComparingLong(q -> q.event.seq()));
  private int started;

  /**
   * @param maxRuns the stream ends after so many runs
   * @param onStart called with each run before its first event
   */
  DemoStream(DemoRuns runs, int maxRuns, Consumer<DemoRun> onStart) {
    this.runs = runs;
    this.maxRuns = maxRuns;
    this.onStart = onStart;
  }

  /**
   * The demo's agents in other hands; the same arguments give the same events, byte for byte.
   *
   * @param start when the first run begins
   * @param runsPerMinute how often a run begins
   * @param maxRuns the stream ends after so many runs
   */
  public static DemoStream of(long seed, Instant start, double runsPerMinute, int maxRuns) {
    return new DemoStream(
        new DemoRuns(new DemoRuns.Settings(seed, start, runsPerMinute, Event.DEFAULT_TENANT)),
        maxRuns,
        run -> {});
  }

  /** The next event; null when all runs are over. */
  public @Nullable Event next() {
    while (started < maxRuns && nextRunComesFirst()) {
      DemoRun run = runs.next();
      started++;
      onStart.accept(run);
      run.events().forEach(event -> queue.add(new Queued(run.number(), event)));
    }
    Queued next = queue.poll();
    return next == null ? null : next.event;
  }

  private boolean nextRunComesFirst() {
    Queued head = queue.peek();
    return head == null || Times.micros(runs.nextStart()) <= head.event.timeMicros();
  }

  private record Queued(int run, Event event) {}
}
