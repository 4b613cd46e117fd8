package dev.waymark.jobs.metrics;

import dev.waymark.jobs.engine.WriteBackCache;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Windows of one width. Keyed by {@link MetricKey#asText}.
 *
 * <p>In: what is to be added, in any order of time. Out: the same, for the next coarser windows, so
 * nothing is counted twice by early results; to {@link #ROWS} the rows of changed windows: some
 * every few seconds, all before each checkpoint. State: a value a window, gone when the horizon
 * after the end of its block has passed in event time. The maximal watermark ends nothing.
 */
final class RollUp extends AbstractStreamOperator<MetricDelta>
    implements OneInputStreamOperator<MetricDelta, MetricDelta>,
        Triggerable<String, VoidNamespace> {
  static final OutputTag<MetricRow> ROWS =
      new OutputTag<>("rows", TypeInformation.of(MetricRow.class));

  private final Granularity granularity;
  private final MetricsConfig metricsConfig;
  private transient WriteBackCache<MetricCell, Totals> windows;
  private transient InternalTimerService<VoidNamespace> timers;

  /** Windows whose row is older than their state, the longest waiting first. */
  private transient Set<MetricCell> stale;

  private transient @Nullable ScheduledFuture<?> rowTimer;

  @SuppressWarnings("NullAway.Init") // operators are filled by initializeState and open
  RollUp(Granularity granularity, MetricsConfig metricsConfig) {
    this.granularity = granularity;
    this.metricsConfig = metricsConfig;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    MapStateDescriptor<Long, byte[]> descriptor =
        new MapStateDescriptor<>(
            "windows", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    windows =
        new WriteBackCache<>(
            new CellStore(this, context.getKeyedStateStore().getMapState(descriptor)),
            new TotalsForm(),
            metricsConfig.job().cache());
    stale = new LinkedHashSet<>();
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("blocks", VoidNamespaceSerializer.INSTANCE, this);
  }

  @Override
  public void processElement(StreamRecord<MetricDelta> element) throws Exception {
    MetricDelta delta = element.getValue();
    MetricCell cell = new MetricCell(delta.key(), granularity.bucketOf(delta.bucketMs()));
    Totals totals = windows.get(cell);
    if (totals == null) {
      totals = new Totals();
      timers.registerEventTimeTimer(
          VoidNamespace.INSTANCE,
          granularity.blockEndOf(cell.bucketMs()) + metricsConfig.job().time().horizonMs());
    }
    totals.add(delta.totals());
    windows.put(cell, totals);
    markStale(cell);
    output.collect(element);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp()) {
      output.emitWatermark(mark);
    } else {
      super.processWatermark(mark);
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    long endMs = timer.getTimestamp() - metricsConfig.job().time().horizonMs();
    for (long bucketMs = endMs - granularity.blockMs();
        bucketMs < endMs;
        bucketMs += granularity.bucketMs()) {
      MetricCell cell = new MetricCell(timer.getKey(), bucketMs);
      if (stale.remove(cell)) {
        emitRow(cell);
      }
      windows.remove(cell);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("windows set no processing-time timers");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    emitRows(Integer.MAX_VALUE);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    windows.flush();
    super.snapshotState(context);
  }

  @Override
  public void finish() throws Exception {
    emitRows(Integer.MAX_VALUE);
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (rowTimer != null) {
      rowTimer.cancel(false);
    }
    super.close();
  }

  private void markStale(MetricCell cell) throws IOException {
    stale.add(cell);
    if (stale.size() >= metricsConfig.maxCells()) {
      emitRows(Integer.MAX_VALUE);
    } else {
      setRowTimer();
    }
  }

  private void setRowTimer() {
    if (rowTimer == null) {
      long now = getProcessingTimeService().getCurrentProcessingTime();
      rowTimer =
          getProcessingTimeService()
              .registerTimer(now + metricsConfig.earlyResultMs(), timeMs -> onRowTimer());
    }
  }

  /**
   * While thousands of windows change at once, their early rows must not cost more than the events:
   * each gets its turn, and all are up to date at the checkpoint.
   */
  private void onRowTimer() throws IOException {
    rowTimer = null;
    emitRows(metricsConfig.maxEarlyRows());
    if (!stale.isEmpty()) {
      setRowTimer();
    }
  }

  private void emitRows(int most) throws IOException {
    Iterator<MetricCell> cells = stale.iterator();
    for (int emitted = 0; emitted < most && cells.hasNext(); emitted++) {
      emitRow(cells.next());
      cells.remove();
    }
  }

  private void emitRow(MetricCell cell) throws IOException {
    Totals totals = windows.get(cell);
    if (totals == null) {
      throw new IllegalStateException("a window was forgotten before it was written: " + cell);
    }
    output.collect(
        ROWS, new StreamRecord<>(totals.toRow(MetricKey.ofText(cell.key()), cell.bucketMs())));
  }

  /** Binary form of a window. */
  private static final class TotalsForm implements WriteBackCache.Codec<Totals> {
    private static final int VERSION = 1;
    private static final int FIRST_BYTES = 512;

    @Override
    public byte[] encode(Totals totals) throws IOException {
      DataOutputSerializer out = new DataOutputSerializer(FIRST_BYTES);
      out.writeByte(VERSION);
      totals.write(out);
      return out.getCopyOfBuffer();
    }

    @Override
    public Totals decode(byte[] bytes) throws IOException {
      DataInputDeserializer in = new DataInputDeserializer(bytes);
      int version = in.readByte();
      if (version != VERSION) {
        throw new IOException("a window's state has version " + version + ", known is " + VERSION);
      }
      return Totals.read(in);
    }

    @Override
    public long sizeBytes(Totals totals) {
      return totals.sizeBytes();
    }
  }
}
