package dev.waymark.jobs.topology;

import dev.waymark.jobs.books.BookCounter;
import dev.waymark.jobs.books.Books;
import dev.waymark.jobs.ports.DeadLetter;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Heartbeat;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * The first operator behind the source: enters records in the books and tells each how far its
 * partition's time had come.
 *
 * <p>In: the events topic, each partition in order. Out: events and finalizes, in order, with
 * {@link Incoming#logTimeMs}; dead letters to {@link #DEAD_LETTERS}; heartbeats end here, their
 * time has moved the watermark. State: the time of each partition.
 */
public final class EventIntake extends AbstractStreamOperator<Incoming>
    implements OneInputStreamOperator<Incoming, Incoming> {
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  private final long outOfOrdernessMs;
  private transient PartitionTimes times;
  private transient ListState<Tuple2<Integer, Long>> state;
  private transient Books books;
  private transient Counter numEventsDecoded;

  @SuppressWarnings("NullAway.Init") // operators are filled by initializeState and open
  public EventIntake(long outOfOrdernessMs) {
    this.outOfOrdernessMs = outOfOrdernessMs;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    // Union, for partitions move between instances; where two know of one, the later time holds.
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("partition-times", Types.TUPLE(Types.INT, Types.LONG)));
    times = new PartitionTimes(outOfOrdernessMs);
    for (Tuple2<Integer, Long> known : state.get()) {
      times.note(known.f0, known.f1);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    books = new Books(getMetricGroup());
    numEventsDecoded = getMetricGroup().addGroup("waymark").counter("numEventsDecoded");
  }

  @Override
  public void processElement(StreamRecord<Incoming> element) {
    Incoming incoming = element.getValue();
    DeadLetter deadLetter = incoming.deadLetter();
    if (deadLetter != null) {
      books.count(BookCounter.READ);
      books.count(BookCounter.DEAD_LETTERS);
      output.collect(DEAD_LETTERS, new StreamRecord<>(deadLetter));
      return;
    }
    long logTimeMs = times.logTimeMs(incoming.partition());
    if (incoming.movesTime()) {
      times.note(incoming.partition(), incoming.timeMs());
    }
    count(incoming);
    if (!(incoming.decoded() instanceof Heartbeat)) {
      output.collect(element.replace(incoming.withLogTime(logTimeMs)));
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    books.emit(output);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.update(times.asList());
  }

  @Override
  public void finish() throws Exception {
    books.emit(output);
    super.finish();
  }

  private void count(Incoming incoming) {
    if (incoming.decoded() instanceof Event) {
      books.count(BookCounter.READ);
      numEventsDecoded.inc();
    } else {
      books.count(BookCounter.CONTROL);
    }
  }
}
