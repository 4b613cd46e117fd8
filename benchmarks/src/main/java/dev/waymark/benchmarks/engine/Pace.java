package dev.waymark.benchmarks.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * How fast events are taken in the steady part of a run: from the moment at which the slowest
 * source has passed a first event to that at which the fastest reaches a last one. What waits
 * between source and verdict is the same at both moments. Of this JVM, as sources know nothing but
 * statics.
 */
final class Pace {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final int SPREAD = 16;
  private static volatile Pace current = new Pace(0, 0, 1);

  /**
   * What was measured between two moments.
   *
   * @param cpuMicros of the whole process, an event
   */
  record Measured(double eventsPerSecond, double cpuMicros, double seconds) {}

  private record Moment(long nanos, long cpuNanos, long events) {}

  private final int from;
  private final int to;
  private final int sources;
  private final AtomicIntegerArray taken;
  private int started;
  private volatile @Nullable Moment begin;
  private volatile @Nullable Moment end;

  private Pace(int from, int to, int sources) {
    this.from = from;
    this.to = to;
    this.sources = sources;
    this.taken = new AtomicIntegerArray(sources * SPREAD);
  }

  /** Measures the events between two, which must be multiples of the number of sources. */
  static void measure(int from, int to, int sources) {
    current = new Pace(from, to, sources);
  }

  /** A source takes the given event, the next of its own. */
  static void take(int event) {
    Pace pace = current;
    int source = event % pace.sources;
    pace.taken.lazySet(source * SPREAD, event / pace.sources);
    if (event >= pace.from && event < pace.from + pace.sources) {
      pace.begin();
    } else if (event >= pace.to && event < pace.to + pace.sources) {
      pace.end();
    }
  }

  static Measured measured() {
    Moment begin = current.begin;
    Moment end = current.end;
    if (begin == null || end == null) {
      throw new IllegalStateException("the run was too short to be measured");
    }
    double seconds = (end.nanos - begin.nanos) / 1e9;
    long events = end.events - begin.events;
    return new Measured(events / seconds, (end.cpuNanos - begin.cpuNanos) / 1e3 / events, seconds);
  }

  private synchronized void begin() {
    if (++started == sources) {
      begin = now();
    }
  }

  private synchronized void end() {
    if (end == null) {
      end = now();
    }
  }

  private Moment now() {
    long events = 0;
    for (int source = 0; source < sources; source++) {
      events += taken.get(source * SPREAD);
    }
    return new Moment(System.nanoTime(), SYSTEM.getProcessCpuTime(), events);
  }
}
