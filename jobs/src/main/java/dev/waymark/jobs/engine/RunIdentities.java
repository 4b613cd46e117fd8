package dev.waymark.jobs.engine;

import dev.waymark.jobs.types.Binary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;

/**
 * What is known of one run's events: for each identity the fingerprint of its bytes. Tells new
 * events from repeats and from conflicts.
 *
 * <p>Part of the run's value in state, 32 bytes an event. Above {@value #MAX_IN_VALUE} events they
 * move to a map state, so that a long run does not rewrite all of them at every write. Clear that
 * map with the run.
 */
public final class RunIdentities {
  /** What an event is to those before it. */
  public enum Verdict {
    NEW,
    /** The same identity and bytes: no effect. */
    DUPLICATE,
    /** The same identity, other bytes. The first ones stay in force. */
    CONFLICT
  }

  /** Most events in the value. */
  public static final int MAX_IN_VALUE = 1_024;

  private static final int LONGS = 4;
  private static final int FIRST_CAPACITY = 16;

  /** Open addressing: identity high, low, content high, low; a free slot has the identity 0, 0. */
  private long[] slots = new long[FIRST_CAPACITY * LONGS];

  private int size;
  private long overflowed;

  /** The map state above {@link #MAX_IN_VALUE}; the operator makes it, keyed by run. */
  public static MapStateDescriptor<Fingerprint, Fingerprint> overflowDescriptor() {
    return new MapStateDescriptor<>(
        "identities-overflow", new FingerprintSerializer(), new FingerprintSerializer());
  }

  /**
   * Judges an event and remembers it if it is new.
   *
   * @param identity of {@link dev.waymark.schemas.event.Event#identity}
   * @param content of the record's bytes
   * @param overflow under the run's key
   */
  public Verdict offer(
      Fingerprint identity, Fingerprint content, MapState<Fingerprint, Fingerprint> overflow)
      throws Exception {
    Fingerprint key = isFree(identity.high(), identity.low()) ? new Fingerprint(0, 1) : identity;
    int slot = slotOf(key);
    if (!isFree(slots[slot], slots[slot + 1])) {
      return content.high() == slots[slot + 2] && content.low() == slots[slot + 3]
          ? Verdict.DUPLICATE
          : Verdict.CONFLICT;
    }
    Fingerprint known = overflowed == 0 ? null : overflow.get(key);
    if (known != null) {
      return known.equals(content) ? Verdict.DUPLICATE : Verdict.CONFLICT;
    }
    if (size == MAX_IN_VALUE) {
      spill(overflow);
    }
    insert(key, content);
    return Verdict.NEW;
  }

  /** Whether the map state holds a part of it. */
  public boolean hasOverflow() {
    return overflowed > 0;
  }

  /** Events known, wherever they are kept. */
  public long count() {
    return overflowed + size;
  }

  /** Estimated bytes on the heap. */
  public long sizeBytes() {
    return 48 + 8L * slots.length;
  }

  public void write(DataOutput out) throws IOException {
    Binary.writeNumber(out, overflowed);
    Binary.writeSize(out, size);
    for (int slot = 0; slot < slots.length; slot += LONGS) {
      if (!isFree(slots[slot], slots[slot + 1])) {
        for (int i = 0; i < LONGS; i++) {
          out.writeLong(slots[slot + i]);
        }
      }
    }
  }

  public static RunIdentities read(DataInput in) throws IOException {
    RunIdentities identities = new RunIdentities();
    identities.overflowed = Binary.readNumber(in);
    int count = Binary.readSize(in);
    for (int i = 0; i < count; i++) {
      identities.insert(
          new Fingerprint(in.readLong(), in.readLong()),
          new Fingerprint(in.readLong(), in.readLong()));
    }
    return identities;
  }

  private void insert(Fingerprint key, Fingerprint content) {
    if (size + 1 > slots.length / LONGS * 3 / 4) {
      grow();
    }
    int slot = slotOf(key);
    slots[slot] = key.high();
    slots[slot + 1] = key.low();
    slots[slot + 2] = content.high();
    slots[slot + 3] = content.low();
    size++;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[old.length * 2];
    for (int from = 0; from < old.length; from += LONGS) {
      if (!isFree(old[from], old[from + 1])) {
        int to = slotOf(new Fingerprint(old[from], old[from + 1]));
        System.arraycopy(old, from, slots, to, LONGS);
      }
    }
  }

  private void spill(MapState<Fingerprint, Fingerprint> overflow) throws Exception {
    for (int slot = 0; slot < slots.length; slot += LONGS) {
      if (!isFree(slots[slot], slots[slot + 1])) {
        overflow.put(
            new Fingerprint(slots[slot], slots[slot + 1]),
            new Fingerprint(slots[slot + 2], slots[slot + 3]));
      }
    }
    overflowed += size;
    size = 0;
    slots = new long[FIRST_CAPACITY * LONGS];
  }

  /** Where the key is, or the free slot where it belongs. */
  private int slotOf(Fingerprint key) {
    int mask = slots.length / LONGS - 1;
    int at = (int) key.low() & mask;
    while (!isFree(slots[at * LONGS], slots[at * LONGS + 1])
        && (slots[at * LONGS] != key.high() || slots[at * LONGS + 1] != key.low())) {
      at = (at + 1) & mask;
    }
    return at * LONGS;
  }

  private static boolean isFree(long high, long low) {
    return high == 0 && low == 0;
  }
}
