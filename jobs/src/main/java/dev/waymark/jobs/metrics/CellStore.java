package dev.waymark.jobs.metrics;

import dev.waymark.jobs.engine.CurrentKey;
import dev.waymark.jobs.engine.WriteBackCache;
import java.io.IOException;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/** A map state of windows a key; leaves the operator's current key as it was. */
final class CellStore implements WriteBackCache.Store<MetricCell> {
  private final KeyContext keys;
  private final MapState<Long, byte[]> windows;

  CellStore(KeyContext keys, MapState<Long, byte[]> windows) {
    this.keys = keys;
    this.windows = windows;
  }

  @Override
  public byte @Nullable [] read(MetricCell cell) throws IOException {
    return under(cell, () -> windows.get(cell.bucketMs()));
  }

  @Override
  public void write(MetricCell cell, byte[] bytes) throws IOException {
    under(
        cell,
        () -> {
          windows.put(cell.bucketMs(), bytes);
          return null;
        });
  }

  @Override
  public void clear(MetricCell cell) throws IOException {
    under(
        cell,
        () -> {
          windows.remove(cell.bucketMs());
          return null;
        });
  }

  private byte @Nullable [] under(MetricCell cell, Access access) throws IOException {
    Object before = keys.getCurrentKey();
    CurrentKey.move(keys, before, cell.key());
    try {
      return access.run();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      // Flink's map state declares any exception and throws those of its backend.
      throw new IOException("the window's state cannot be reached", e);
    } finally {
      CurrentKey.moveBack(keys, cell.key(), before);
    }
  }

  @FunctionalInterface
  private interface Access {
    byte @Nullable [] run() throws Exception;
  }
}
