package dev.waymark.jobs.topology;

import dev.waymark.jobs.books.Books;
import dev.waymark.jobs.config.CacheConfig;
import dev.waymark.jobs.engine.Fingerprint;
import dev.waymark.jobs.engine.RunIdentities;
import dev.waymark.jobs.engine.WriteBackCache;
import java.io.IOException;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
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

/**
 * What operators keyed by run have in common: one value a run behind a write-back cache, what is
 * known of its events, event-time timers, and the books.
 *
 * <p>The maximal watermark, which {@code stop --drain} sends while runs go on, moves time to the
 * last event seen and no further.
 *
 * @param <S> a run's state
 */
public abstract class RunOperator<IN, S, OUT> extends AbstractStreamOperator<OUT>
    implements OneInputStreamOperator<IN, OUT>, Triggerable<String, VoidNamespace> {
  private final CacheConfig cacheConfig;

  private transient WriteBackCache<String, S> runs;
  private transient MapState<Fingerprint, Fingerprint> identitiesOverflow;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient Books books;
  private transient long highestMs;

  @SuppressWarnings("NullAway.Init") // operators are filled by initializeState and open
  protected RunOperator(CacheConfig cacheConfig) {
    this.cacheConfig = cacheConfig;
  }

  /** The binary form of a run's state. */
  protected abstract WriteBackCache.Codec<S> codec();

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    runs =
        new WriteBackCache<>(
            this,
            context
                .getKeyedStateStore()
                .getState(
                    new ValueStateDescriptor<>(
                        "runs", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)),
            codec(),
            cacheConfig);
    identitiesOverflow =
        context.getKeyedStateStore().getMapState(RunIdentities.overflowDescriptor());
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("runs", VoidNamespaceSerializer.INSTANCE, this);
    books = new Books(getMetricGroup());
    highestMs = Long.MIN_VALUE;
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() != Watermark.MAX_WATERMARK.getTimestamp()) {
      passTime(mark);
      return;
    }
    if (highestMs != Long.MIN_VALUE) {
      passTime(new Watermark(highestMs));
    }
    output.emitWatermark(mark);
  }

  private void passTime(Watermark mark) throws Exception {
    getTimeServiceManager().orElseThrow().advanceWatermark(mark);
    beforeWatermark(mark.getTimestamp());
    super.processWatermark(mark);
  }

  /** All timers up to this time have fired, and those who come after do not know of it yet. */
  protected void beforeWatermark(long timeMs) {}

  /** Sends the books; whoever has more to send before a barrier does so first. */
  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    books.emit(output);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    runs.flush();
    super.snapshotState(context);
  }

  @Override
  public void finish() throws Exception {
    books.emit(output);
    super.finish();
  }

  @Override
  public final void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no operator of runs sets processing-time timers");
  }

  protected final WriteBackCache<String, S> runs() {
    return runs;
  }

  protected final Books books() {
    return books;
  }

  /** An event of this time came. */
  protected final void sawTime(long timeMs) {
    highestMs = Math.max(highestMs, timeMs);
  }

  /** Under the current key. */
  protected final MapState<Fingerprint, Fingerprint> identitiesOverflow() {
    return identitiesOverflow;
  }

  /** Sets the current key's timer to {@code timeMs}; {@code beforeMs} is what it was set to. */
  protected final void moveTimer(long beforeMs, long timeMs) {
    timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, beforeMs);
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, timeMs);
  }

  /** Forgets the current key's run. */
  protected final void forget(String key, RunIdentities identities) throws IOException {
    runs.remove(key);
    if (identities.hasOverflow()) {
      identitiesOverflow.clear();
    }
  }
}
