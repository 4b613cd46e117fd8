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
 * <p>One value a key, least recently used first out, bounded by estimated bytes. A changed value is
 * written to the state when it is evicted, when more than the configured bytes are dirty, and by
 * {@link #flush}, which the operator must call in {@code snapshotState}. All methods may be called
 * under any current key and leave it as it was. For one operator instance, whose thread it is used
 * by.
 *
 * @param <K> the operator's key
 * @param <V> the value; may be mutable: tell of a change by {@link #put}
 */
public final class WriteBackCache<K, V> {
  /** A value's binary form. */
  public interface Codec<V> {
    byte[] encode(V value) throws IOException;

    V decode(byte[] bytes) throws IOException;

    /** Estimated bytes on the heap; cheap, it is asked at every {@link #put}. */
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

    Entry(V value, long sizeBytes, boolean isDirty) {
      this.value = value;
      this.sizeBytes = sizeBytes;
      this.isDirty = isDirty;
    }
  }

  private final Store<K> store;
  private final Codec<V> codec;
  private final CacheConfig config;
  private final Map<K, Entry<V>> entries = new LinkedHashMap<>(64, 0.75f, true);

  /** What was asked for last: whoever reads a value mostly writes it next. */
  private @Nullable K lastKey;

  private @Nullable Entry<V> lastEntry;
  private long bytes;
  private long dirtyBytes;

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
    this.config = config;
  }

  /** The key's value; null where it has none. */
  public @Nullable V get(K key) throws IOException {
    Entry<V> entry = find(key);
    if (entry != null) {
      return entry.value;
    }
    byte[] stored = store.read(key);
    if (stored == null) {
      return null;
    }
    V value = codec.decode(stored);
    add(key, value, false);
    return value;
  }

  /** Sets the key's value, or says that the one it has was changed in place. */
  public void put(K key, V value) throws IOException {
    Entry<V> entry = find(key);
    if (entry == null || entry.value != value) {
      forget(key, entry);
      add(key, value, true);
      return;
    }
    long size = codec.sizeBytes(value);
    bytes += size - entry.sizeBytes;
    dirtyBytes += entry.isDirty ? size - entry.sizeBytes : size;
    entry.sizeBytes = size;
    entry.isDirty = true;
    keepBounds();
  }

  /** Removes the key's value here and in the state. */
  public void remove(K key) throws IOException {
    forget(key, find(key));
    store.clear(key);
  }

  private @Nullable Entry<V> find(K key) {
    if (lastEntry == null || !key.equals(lastKey)) {
      lastEntry = entries.get(key);
      lastKey = key;
    }
    return lastEntry;
  }

  /** Writes all changed values to the state. */
  public void flush() throws IOException {
    writeDirty(0);
  }

  /** Estimated bytes of all values in memory. */
  public long sizeBytes() {
    return bytes;
  }

  private void add(K key, V value, boolean isDirty) throws IOException {
    long size = codec.sizeBytes(value);
    lastEntry = new Entry<>(value, size, isDirty);
    lastKey = key;
    entries.put(key, lastEntry);
    bytes += size;
    dirtyBytes += isDirty ? size : 0;
    keepBounds();
  }

  private void forget(K key, @Nullable Entry<V> entry) {
    if (entry != null) {
      entries.remove(key);
      lastEntry = null;
      bytes -= entry.sizeBytes;
      dirtyBytes -= entry.isDirty ? entry.sizeBytes : 0;
    }
  }

  /** Down to half of what may be dirty, so that one key more does not write one key more. */
  private void keepBounds() throws IOException {
    if (dirtyBytes > config.maxDirtyBytes()) {
      writeDirty(config.maxDirtyBytes() / 2);
    }
    Iterator<Map.Entry<K, Entry<V>>> oldest = entries.entrySet().iterator();
    while (bytes > config.maxBytes() && entries.size() > 1) {
      Map.Entry<K, Entry<V>> evicted = oldest.next();
      writeBack(evicted.getKey(), evicted.getValue());
      bytes -= evicted.getValue().sizeBytes;
      oldest.remove();
      lastEntry = null;
    }
  }

  private void writeDirty(long untilBytes) throws IOException {
    Iterator<Map.Entry<K, Entry<V>>> oldest = entries.entrySet().iterator();
    while (dirtyBytes > untilBytes && oldest.hasNext()) {
      Map.Entry<K, Entry<V>> next = oldest.next();
      writeBack(next.getKey(), next.getValue());
    }
  }

  private void writeBack(K key, Entry<V> entry) throws IOException {
    if (entry.isDirty) {
      store.write(key, codec.encode(entry.value));
      entry.isDirty = false;
      dirtyBytes -= entry.sizeBytes;
    }
  }
}
