package dev.waymark.jobs.engine;

import dev.waymark.jobs.types.Binary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How often a rule's activation occurred in the last windows of a key, in whatever cases: what
 * {@code anomaly} takes for usual. Windows are numbered from the epoch; one without an event counts
 * zero.
 */
public final class WindowCounts {
  /** No such window. */
  public static final long NONE = Long.MAX_VALUE;

  /** Windows that a window is compared with: at most, and at least. */
  private static final int COMPARED = 24;

  private static final int NEEDED = 8;

  /** When a window is judged at its close, an event of that very time has begun the next. */
  private static final int KEPT = COMPARED + 2;

  private long first = NONE;
  private long latest;
  private final long[] counts = new long[KEPT];
  private long exceeded = NONE;

  /** When the last case ended that counts here, in its turn; {@link #NONE}: a case is open. */
  long endedMicros = NONE;

  /** A case begins in this window. */
  public void begin(long window) {
    if (first == NONE) {
      first = window;
      latest = window;
    }
    endedMicros = NONE;
  }

  /** One more in this window; one that is long over keeps its count. */
  public void add(long window) {
    for (long next = Math.max(latest + 1, window - KEPT + 1); next <= window; next++) {
      counts[slot(next)] = 0;
    }
    latest = Math.max(latest, window);
    if (window >= oldestKept()) {
      counts[slot(window)]++;
    }
  }

  /** How many there are in a window. */
  public long in(long window) {
    return window >= oldestKept() && window <= latest ? counts[slot(window)] : 0;
  }

  /** Whether no window after this one has an event. */
  public boolean isLatest(long window) {
    return window == latest;
  }

  /** Whether enough windows lie before this one to compare it with. */
  public boolean isComparable(long window) {
    return window >= first + NEEDED;
  }

  /** The counts of the windows that this one is compared with. */
  public Sample before(long window) {
    Sample before = Sample.EMPTY;
    for (long i = Math.max(first, window - COMPARED); i < window; i++) {
      before = before.plus(in(i));
    }
    return before;
  }

  /**
   * The first window from {@code from} on that can have too few: those it is compared with are not
   * all empty. {@link #NONE}: there is none unless an event comes.
   */
  public long nextWithSomeBefore(long from) {
    long oldest = NONE;
    long newest = NONE;
    for (long window = oldestKept(); window <= latest; window++) {
      if (counts[slot(window)] > 0) {
        oldest = Math.min(oldest, window);
        newest = window;
      }
    }
    if (oldest == NONE) {
      return NONE;
    }
    long next = Math.max(Math.max(from, first + NEEDED), oldest + 1);
    return next <= newest + COMPARED ? next : NONE;
  }

  /** Whether this is the first time that the window is told to have too many. */
  public boolean exceeds(long window) {
    boolean isFirst = exceeded != window;
    exceeded = window;
    return isFirst;
  }

  private long oldestKept() {
    return Math.max(first, latest - KEPT + 1);
  }

  private static int slot(long window) {
    return (int) Math.floorMod(window, (long) KEPT);
  }

  void write(DataOutput out) throws IOException {
    Binary.writeNumber(out, first);
    Binary.writeNumber(out, latest);
    out.writeLong(exceeded);
    out.writeLong(endedMicros);
    for (long window = oldestKept(); window <= latest; window++) {
      Binary.writeNumber(out, counts[slot(window)]);
    }
  }

  static WindowCounts read(DataInput in) throws IOException {
    WindowCounts known = new WindowCounts();
    known.first = Binary.readNumber(in);
    known.latest = Binary.readNumber(in);
    known.exceeded = in.readLong();
    known.endedMicros = in.readLong();
    for (long window = known.oldestKept(); window <= known.latest; window++) {
      known.counts[slot(window)] = Binary.readNumber(in);
    }
    return known;
  }
}
