package dev.waymark.schemas.metric;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketchProtoBinding;
import com.datadoghq.sketch.ddsketch.DDSketches;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import com.google.protobuf.InvalidProtocolBufferException;

/**
 * Latencies in ms, at least 0, as a mergeable sketch: any quantile within 1 % of the value at rank
 * ⌊q(n−1)⌋ (Masson, Rim &amp; Lee, "DDSketch", VLDB 2019). Merging is exact: the sketch of a range
 * is the merge of its parts.
 */
public final class LatencySketch {
  /** Relative error of a quantile. */
  public static final double RELATIVE_ACCURACY = 0.01;

  private final DDSketch sketch;

  public LatencySketch() {
    this(DDSketches.unboundedDense(RELATIVE_ACCURACY));
  }

  private LatencySketch(DDSketch sketch) {
    this.sketch = sketch;
  }

  /**
   * Reads what {@link #toBytes} wrote; throws {@link IllegalArgumentException} on anything else.
   */
  public static LatencySketch fromBytes(byte[] bytes) {
    try {
      return new LatencySketch(
          DDSketchProtoBinding.fromProto(
              UnboundedSizeDenseStore::new,
              com.datadoghq.sketch.ddsketch.proto.DDSketch.parseFrom(bytes)));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("no sketch", e);
    }
  }

  public void add(double latencyMs) {
    sketch.accept(latencyMs);
  }

  public void merge(LatencySketch other) {
    sketch.mergeWith(other.sketch);
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

  public byte[] toBytes() {
    return DDSketchProtoBinding.toProto(sketch).toByteArray();
  }
}
