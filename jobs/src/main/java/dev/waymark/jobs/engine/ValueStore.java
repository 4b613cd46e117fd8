package dev.waymark.jobs.engine;

import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/** A value state, one value a key; leaves the operator's current key as it was. */
final class ValueStore<K> implements WriteBackCache.Store<K> {
  private final KeyContext keys;
  private final ValueState<byte[]> state;

  ValueStore(KeyContext keys, ValueState<byte[]> state) {
    this.keys = keys;
    this.state = state;
  }

  @Override
  public byte @Nullable [] read(K key) throws IOException {
    Object before = keys.getCurrentKey();
    CurrentKey.move(keys, before, key);
    byte[] bytes = state.value();
    CurrentKey.moveBack(keys, key, before);
    return bytes;
  }

  @Override
  public void write(K key, byte[] bytes) throws IOException {
    Object before = keys.getCurrentKey();
    CurrentKey.move(keys, before, key);
    state.update(bytes);
    CurrentKey.moveBack(keys, key, before);
  }

  @Override
  public void clear(K key) throws IOException {
    Object before = keys.getCurrentKey();
    CurrentKey.move(keys, before, key);
    state.clear();
    CurrentKey.moveBack(keys, key, before);
  }
}
