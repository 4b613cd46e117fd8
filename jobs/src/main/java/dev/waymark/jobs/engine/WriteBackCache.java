package dev.waymark.jobs.engine;

import dev.waymark.jobs.config.CacheConfig;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * Keyed values in memory in front of their state: a hot key costs no access to the backend.
 *
 * <p>One value a key, bounded by estimated bytes; what was not asked for lately goes first. A
 * changed value is written to the state when it is evicted and by {@link #flush}, which the
 * operator must call in {@code snapshotState}; one that is removed before either never gets there.
 * All methods may be called under any current key and leave it as it was. For one operator
 * instance, whose thread it is used by.
 *
 * @param <K> the operator's key
 * @param <V> the value; may be mutable: tell of a change by {@link #put}
 */
public final class WriteBackCache<K, V> {
  /** A value's binary form. */
  public interface Codec<V> {
    byte[] encode(V value) throws IOException;

    V decode(byte[] bytes) throws IOException;

    /** Estimated bytes on the heap. */
    long sizeBytes(V value);
  }

  /** Where values lie that are not in memory. */
  public interface Store<K> {
    byte @Nullable [] read(K key) throws IOException;

    void write(K key, byte[] bytes) throws IOException;

    void clear(K key) throws IOException;
  }

  private static final class Entry<V> {
    final V value;
    long sizeBytes;
    boolean isDirty;
    boolean isStored;
    boolean wasUsed;
    int putsSinceSized;

    Entry(V value, long sizeBytes, boolean isDirty, boolean isStored) {
      this.value = value;
      this.sizeBytes = sizeBytes;
      this.isDirty = isDirty;
      this.isStored = isStored;
    }
  }

  /** Looking a value through costs more than most changes do, and an estimate may lag behind. */
  private static final int PUTS_A_SIZING = 8;

  private final Store<K> store;
  private final Codec<V> codec;
  private final long maxBytes;

  /** In the order of eviction, save for those that were used since they came to its head. */
  private final Map<K, Entry<V>> entries = new LinkedHashMap<>();

  /** What was asked for last: whoever reads a value mostly writes it next. */
  private @Nullable K lastKey;

  private @Nullable Entry<V> lastEntry;

  /** The state was looked at for {@link #lastKey} and has nothing. */
  private boolean lastIsUnknown;

  private long bytes;

  /**
   * @param keys the operator
   * @param state the operator's state of the value, keyed by {@code K}
   */
  public WriteBackCache(
      KeyContext keys, ValueState<byte[]> state, Codec<V> codec, CacheConfig config) {
    this(new ValueStore<>(keys, state), codec, config);
  }

  /** In front of a state of another shape. */
  public WriteBackCache(Store<K> store, Codec<V> codec, CacheConfig config) {
    this.store = store;
    this.codec = codec;
    this.maxBytes = config.maxBytes();
  }

  /** The key's value; null where it has none. */
  public @Nullable V get(K key) throws IOException {
    Entry<V> entry = find(key);
    if (entry != null) {
      return entry.value;
    }
    byte[] stored = lastIsUnknown ? null : store.read(key);
    if (stored == null) {
      lastIsUnknown = true;
      return null;
    }
    V value = codec.decode(stored);
    add(key, value, false, true);
    return value;
  }

  /** Sets the key's value, or says that the one it has was changed in place. */
  public void put(K key, V value) throws IOException {
    Entry<V> entry = find(key);
    if (entry == null || entry.value != value) {
      boolean isStored = entry == null ? !lastIsUnknown : entry.isStored;
      forget(key, entry);
      add(key, value, true, isStored);
      return;
    }
    entry.isDirty = true;
    if (++entry.putsSinceSized == PUTS_A_SIZING) {
      entry.putsSinceSized = 0;
      long size = codec.sizeBytes(value);
      bytes += size - entry.sizeBytes;
      entry.sizeBytes = size;
      keepBounds();
    }
  }

  /** Removes the key's value here and in the state. */
  public void remove(K key) throws IOException {
    Entry<V> entry = find(key);
    boolean mayBeStored = entry == null ? !lastIsUnknown : entry.isStored;
    forget(key, entry);
    if (mayBeStored) {
      store.clear(key);
    }
    lastIsUnknown = true;
  }

  private @Nullable Entry<V> find(K key) {
    if (!key.equals(lastKey)) {
      remember(key, entries.get(key));
    }
    return lastEntry;
  }

  private void remember(K key, @Nullable Entry<V> entry) {
    lastKey = key;
    lastEntry = entry;
    lastIsUnknown = false;
    if (entry != null) {
      entry.wasUsed = true;
    }
  }

  /** Writes all changed values to the state. */
  public void flush() throws IOException {
    for (Map.Entry<K, Entry<V>> entry : entries.entrySet()) {
      writeBack(entry.getKey(), entry.getValue());
    }
  }

  /** Estimated bytes of all values in memory. */
  public long sizeBytes() {
    return bytes;
  }

  private void add(K key, V value, boolean isDirty, boolean isStored) throws IOException {
    Entry<V> entry = new Entry<>(value, codec.sizeBytes(value), isDirty, isStored);
    entries.put(key, entry);
    remember(key, entry);
    bytes += entry.sizeBytes;
    keepBounds();
  }

  private void forget(K key, @Nullable Entry<V> entry) {
    if (entry != null) {
      entries.remove(key);
      lastEntry = null;
      bytes -= entry.sizeBytes;
    }
  }

  /** Who was used since it last came to the head gets a second turn. */
  private void keepBounds() throws IOException {
    while (bytes > maxBytes && entries.size() > 1) {
      Iterator<Map.Entry<K, Entry<V>>> order = entries.entrySet().iterator();
      Map.Entry<K, Entry<V>> head = order.next();
      K key = head.getKey();
      Entry<V> entry = head.getValue();
      order.remove();
      if (entry.wasUsed) {
        entry.wasUsed = false;
        entries.put(key, entry);
      } else {
        writeBack(key, entry);
        bytes -= entry.sizeBytes;
        if (entry == lastEntry) {
          remember(key, null);
        }
      }
    }
  }

  private void writeBack(K key, Entry<V> entry) throws IOException {
    if (entry.isDirty) {
      store.write(key, codec.encode(entry.value));
      entry.isDirty = false;
      entry.isStored = true;
    }
  }
}
