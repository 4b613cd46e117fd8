package dev.waymark.jobs.books;

import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * One operator instance's part of the books. Call {@link #emit} in {@code
 * prepareSnapshotPreBarrier} and in {@code finish}: then all that was counted before a checkpoint's
 * barrier reaches {@link SumBooks} before it, and nothing need be kept in state here.
 */
public final class Books {
  /** The side output that carries the deltas. */
  public static final OutputTag<BookDelta> DELTAS =
      new OutputTag<>("books", TypeInformation.of(BookDelta.class));

  /** What was counted since the last emission, and its metric. */
  private static final class Tally {
    final Counter metric;
    long delta;

    Tally(Counter metric) {
      this.metric = metric;
    }
  }

  private final MetricGroup metrics;
  private final Map<BookCounter, Tally> tallies = new EnumMap<>(BookCounter.class);

  /**
   * @param metrics the operator's group; counters appear under {@code waymark}
   */
  public Books(MetricGroup metrics) {
    this.metrics = metrics.addGroup("waymark");
  }

  public void count(BookCounter counter) {
    count(counter, 1);
  }

  public void count(BookCounter counter, long delta) {
    Tally tally = tallies.get(counter);
    if (tally == null) {
      tally = new Tally(metrics.counter(counter.metricName()));
      tallies.put(counter, tally);
    }
    tally.delta += delta;
    tally.metric.inc(delta);
  }

  /** Sends what was counted since the last call. */
  public void emit(Output<? extends StreamRecord<?>> output) {
    tallies.forEach(
        (counter, tally) -> {
          if (tally.delta != 0) {
            output.collect(DELTAS, new StreamRecord<>(new BookDelta(counter, tally.delta)));
            tally.delta = 0;
          }
        });
  }
}
