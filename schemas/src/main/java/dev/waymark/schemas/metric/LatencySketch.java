package dev.waymark.schemas.metric;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Latencies in ms, at least 0, as a mergeable sketch: any quantile within 1 % of the value at rank
 * ⌊q(n−1)⌋ (Masson, Rim &amp; Lee, "DDSketch", VLDB 2019). Merging is exact: the sketch of a range
 * is the merge of its parts.
 */
public final class LatencySketch {
  /** Relative error of a quantile. */
  public static final double RELATIVE_ACCURACY = 0.01;

  /**
   * Four months in ms, longer than any call lasts: what is beyond counts as this, so that an absurd
   * value neither fails nor makes a sketch of many thousand bins.
   */
  static final double LONGEST_MS = 1e10;

  /** A nanosecond in ms, shorter than anything measured: below counts as 0. */
  static final double SHORTEST_MS = 1e-6;

  private final DDSketch sketch = DDSketches.unboundedDense(RELATIVE_ACCURACY);

  /**
   * Reads what {@link #toBytes} wrote; throws {@link IllegalArgumentException} on anything else.
   */
  public static LatencySketch fromBytes(byte[] bytes) {
    LatencySketch sketch = new LatencySketch();
    sketch.mergeBytes(bytes);
    return sketch;
  }

  public void add(double latencyMs) {
    sketch.accept(latencyMs < SHORTEST_MS ? 0 : Math.min(latencyMs, LONGEST_MS));
  }

  public void merge(LatencySketch other) {
    sketch.mergeWith(other.sketch);
  }

  /**
   * Merges what {@link #toBytes} wrote without making a sketch of it first, for those who merge
   * thousands; throws {@link IllegalArgumentException} on anything else, and is of no use then.
   */
  public void mergeBytes(byte[] bytes) {
    try {
      sketch.decodeAndMergeWith(ByteArrayInput.wrap(bytes));
    } catch (IOException e) {
      throw new IllegalArgumentException("no sketch", e);
    }
  }

  public long count() {
    return Math.round(sketch.getCount());
  }

  public boolean isEmpty() {
    return sketch.isEmpty();
  }

  /**
   * The latency at {@code quantile} in [0, 1]; throws {@link java.util.NoSuchElementException} when
   * empty.
   */
  public double quantile(double quantile) {
    return sketch.getValueAtQuantile(quantile);
  }

  /**
   * The library's own form (its {@code DDSketch.encode}): a hundred bytes for fifty values, where
   * its protobuf form takes two thousand and fifty times as long to merge.
   */
  public byte[] toBytes() {
    GrowingByteArrayOutput output = GrowingByteArrayOutput.withDefaultInitialCapacity();
    try {
      sketch.encode(output, false);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return output.trimmedCopy();
  }
}
