package dev.waymark.jobs.books;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Adds up a job's books; one instance.
 *
 * <p>In: the deltas of all operators. Out: every counter's total at each checkpoint and at the end
 * of a bounded input; as the barrier comes when all deltas before it have come, the totals are
 * those of exactly the records before the checkpoint. State: the totals, for ever.
 */
public final class SumBooks extends AbstractStreamOperator<BookRow>
    implements OneInputStreamOperator<BookDelta, BookRow> {
  private final String job;
  private final Set<BookCounter> counters;

  private transient Map<BookCounter, Long> totals;
  private transient @Nullable ListState<Tuple2<String, Long>> state;
  private transient @Nullable Long watermarkMs;
  private transient long checkpointId;
  private transient boolean isFinished;

  /**
   * @param counters those that the job has; they are written from the first checkpoint on, though
   *     nothing was counted
   */
  @SuppressWarnings("NullAway.Init") // operators are filled by initializeState
  public SumBooks(String job, Set<BookCounter> counters) {
    this.job = job;
    this.counters = Set.copyOf(counters);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("totals", Types.TUPLE(Types.STRING, Types.LONG)));
    totals = new EnumMap<>(BookCounter.class);
    counters.forEach(counter -> totals.put(counter, 0L));
    for (Tuple2<String, Long> total : state.get()) {
      totals.put(BookCounter.valueOf(total.f0), total.f1);
    }
  }

  @Override
  public void processElement(StreamRecord<BookDelta> element) {
    totals.merge(element.getValue().counter(), element.getValue().delta(), Long::sum);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() != Watermark.MAX_WATERMARK.getTimestamp()) {
      watermarkMs = mark.getTimestamp();
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long id) {
    checkpointId = id;
    // The checkpoint behind the end of the input: nothing may be sent any more, and all is.
    if (!isFinished) {
      emit();
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    if (state == null) {
      throw new IllegalStateException("snapshot before initializeState");
    }
    state.clear();
    for (Map.Entry<BookCounter, Long> total : totals.entrySet()) {
      state.add(Tuple2.of(total.getKey().name(), total.getValue()));
    }
  }

  @Override
  public void finish() throws Exception {
    emit();
    isFinished = true;
    super.finish();
  }

  private void emit() {
    totals.forEach(
        (counter, value) ->
            output.collect(
                new StreamRecord<>(
                    new BookRow(job, counter.code(), value, checkpointId, watermarkMs))));
  }
}
