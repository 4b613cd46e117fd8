package dev.waymark.jobs.engine.cep;

import org.apache.flink.api.common.state.AggregatingState;
import org.apache.flink.api.common.state.AggregatingStateDescriptor;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReducingState;
import org.apache.flink.api.common.state.ReducingStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.cep.nfa.sharedbuffer.EventId;
import org.apache.flink.cep.nfa.sharedbuffer.Lockable;
import org.apache.flink.cep.nfa.sharedbuffer.NodeId;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNode;

/**
 * The keyed state that flink-cep's shared buffer works on: that of whichever case is being judged.
 * Has the three maps that the buffer asks for and nothing else.
 */
final class CaseStore implements KeyedStateStore {
  private final SwappedMap<NodeId, Lockable<SharedBufferNode>> entries = new SwappedMap<>();
  private final SwappedMap<EventId, Lockable<Taken>> events = new SwappedMap<>();
  private final EventNumbers numbers = new EventNumbers();

  /**
   * @param position of the event being judged in its case
   */
  void use(PartialMatches matches, long position) {
    entries.use(matches.entries());
    events.use(matches.events());
    numbers.current = (int) position;
  }

  @Override
  @SuppressWarnings("unchecked") // the buffer's maps are told apart by what they are keyed by
  public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> map) {
    Object keys = map.getKeySerializer();
    if (keys instanceof NodeId.NodeIdSerializer) {
      return (MapState<K, V>) entries;
    }
    return (MapState<K, V>) (keys instanceof EventId.EventIdSerializer ? events : numbers);
  }

  /**
   * The number that tells apart events of one time: the event's position in its case. So nothing
   * has to be counted, nor forgotten as time moves on, and a late event gets no number twice.
   */
  private static final class EventNumbers extends SwappedMap<Long, Integer> {
    private int current;

    @Override
    public Integer get(Long timeMicros) {
      return current;
    }

    @Override
    public void put(Long timeMicros, Integer next) {}
  }

  @Override
  public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
    throw unsupported();
  }

  @Override
  public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
    throw unsupported();
  }

  @Override
  public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
    throw unsupported();
  }

  @Override
  public <I, A, O> AggregatingState<I, O> getAggregatingState(
      AggregatingStateDescriptor<I, A, O> descriptor) {
    throw unsupported();
  }

  @Override
  public <T> org.apache.flink.api.common.state.v2.ValueState<T> getValueState(
      org.apache.flink.api.common.state.v2.ValueStateDescriptor<T> descriptor) {
    throw unsupported();
  }

  @Override
  public <T> org.apache.flink.api.common.state.v2.ListState<T> getListState(
      org.apache.flink.api.common.state.v2.ListStateDescriptor<T> descriptor) {
    throw unsupported();
  }

  @Override
  public <K, V> org.apache.flink.api.common.state.v2.MapState<K, V> getMapState(
      org.apache.flink.api.common.state.v2.MapStateDescriptor<K, V> descriptor) {
    throw unsupported();
  }

  @Override
  public <T> org.apache.flink.api.common.state.v2.ReducingState<T> getReducingState(
      org.apache.flink.api.common.state.v2.ReducingStateDescriptor<T> descriptor) {
    throw unsupported();
  }

  @Override
  public <I, A, O> org.apache.flink.api.common.state.v2.AggregatingState<I, O> getAggregatingState(
      org.apache.flink.api.common.state.v2.AggregatingStateDescriptor<I, A, O> descriptor) {
    throw unsupported();
  }

  @Override
  public String getBackendTypeIdentifier() {
    return "case";
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("a shared buffer keeps maps alone");
  }
}
