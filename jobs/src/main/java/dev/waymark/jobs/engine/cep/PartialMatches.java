package dev.waymark.jobs.engine.cep;

import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.MatcherState;
import dev.waymark.jobs.engine.judge.Judge;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.apache.flink.api.common.typeutils.base.MapSerializer;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.NFAStateSerializer;
import org.apache.flink.cep.nfa.sharedbuffer.EventId;
import org.apache.flink.cep.nfa.sharedbuffer.Lockable;
import org.apache.flink.cep.nfa.sharedbuffer.NodeId;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNode;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNodeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Where flink-cep's NFA stands in one case: its partial matches, and the content of its shared
 * buffer. Exists only while a partial match does.
 */
final class PartialMatches implements MatcherState {
  private static final long BYTES = 400;
  private static final long BYTES_A_MATCH = 150;
  private static final long BYTES_AN_ENTRY = 250;
  private static final long BYTES_AN_EVENT = 200;

  private final Map<NodeId, Lockable<SharedBufferNode>> entries;
  private final Map<EventId, Lockable<Taken>> events;

  /** Where new matches begin; counts them, so that the buffer can tell them apart. */
  private ComputationState start;

  private List<ComputationState> alive = new ArrayList<>(0);

  /** Whether any of them needs the very next event; found again when read. */
  private boolean awaitsNext;

  /** Time of the first event of the oldest; {@link Judge#NEVER}: there is none. */
  private long oldestMicros = Judge.NEVER;

  /** The same of those whose span's end decides something. */
  private long oldestPendingMicros = Judge.NEVER;

  PartialMatches(NFAState initial) {
    this(initial, new HashMap<>(), new HashMap<>());
  }

  private PartialMatches(
      NFAState state,
      Map<NodeId, Lockable<SharedBufferNode>> entries,
      Map<EventId, Lockable<Taken>> events) {
    this.entries = entries;
    this.events = events;
    this.start =
        state.getPartialMatches().stream()
            .filter(match -> match.getStartEventID() == null)
            .findFirst()
            .orElseThrow();
    becomes(state);
  }

  Map<NodeId, Lockable<SharedBufferNode>> entries() {
    return entries;
  }

  Map<EventId, Lockable<Taken>> events() {
    return events;
  }

  /** The partial matches, to be looked at and removed from. */
  List<ComputationState> alive() {
    return alive;
  }

  boolean isEmpty() {
    return alive.isEmpty();
  }

  boolean awaitsNext() {
    return awaitsNext;
  }

  long oldestMicros() {
    return oldestMicros;
  }

  long oldestPendingMicros() {
    return oldestPendingMicros;
  }

  /**
   * What the NFA is handed.
   *
   * @param withStart whether a match may begin
   */
  NFAState nfaState(boolean withStart) {
    Replaced queue = new Replaced(alive);
    if (withStart) {
      queue.add(start);
    }
    return new NFAState(queue, new PriorityQueue<>(NFAState.COMPUTATION_STATE_COMPARATOR));
  }

  /** Takes over what the NFA has made of it. */
  void becomes(NFAState state) {
    List<ComputationState> remaining = new ArrayList<>(state.getPartialMatches().size());
    for (ComputationState match : state.getPartialMatches()) {
      if (match.getStartEventID() == null) {
        start = match;
      } else {
        remaining.add(match);
      }
    }
    alive = remaining;
  }

  /** Works out once what is asked at every event. */
  void sumUp(StateGraph graph, boolean endDecides) {
    awaitsNext = false;
    oldestMicros = Judge.NEVER;
    oldestPendingMicros = Judge.NEVER;
    for (ComputationState match : alive) {
      String state = match.getCurrentStateName();
      long startMicros = match.getStartTimestamp();
      awaitsNext |= graph.awaitsNext(state);
      oldestMicros = Math.min(oldestMicros, startMicros);
      if (endDecides || graph.isPending(state)) {
        oldestPendingMicros = Math.min(oldestPendingMicros, startMicros);
      }
    }
  }

  @Override
  public void write(Mark first, DataOutputView out) throws IOException {
    new NFAStateSerializer().serialize(nfaState(true), out);
    entriesSerializer().serialize(entries, out);
    eventsSerializer(first).serialize(events, out);
  }

  static PartialMatches read(Mark first, DataInputView in) throws IOException {
    NFAState state = new NFAStateSerializer().deserialize(in);
    return new PartialMatches(
        state, entriesSerializer().deserialize(in), eventsSerializer(first).deserialize(in));
  }

  private static MapSerializer<NodeId, Lockable<SharedBufferNode>> entriesSerializer() {
    return new MapSerializer<>(
        new NodeId.NodeIdSerializer(),
        new Lockable.LockableTypeSerializer<>(new SharedBufferNodeSerializer()));
  }

  private static MapSerializer<EventId, Lockable<Taken>> eventsSerializer(Mark first) {
    return new MapSerializer<>(
        EventId.EventIdSerializer.INSTANCE,
        new Lockable.LockableTypeSerializer<>(new TakenSerializer(first)));
  }

  @Override
  public long sizeBytes() {
    long size = BYTES + BYTES_A_MATCH * alive.size() + BYTES_AN_ENTRY * entries.size();
    for (Lockable<Taken> event : events.values()) {
      byte[] json = event.getElement().json();
      size += BYTES_AN_EVENT + (json == null ? 0 : json.length);
    }
    return size;
  }

  /**
   * The partial matches before an event. The NFA replaces them as a whole afterwards, but first
   * removes one by one what the event has changed, at a cost that grows with their square: that is
   * left out.
   */
  private static final class Replaced extends ArrayDeque<ComputationState> {
    private Replaced(List<ComputationState> matches) {
      super(matches.size() + 1);
      addAll(matches);
    }

    @Override
    public boolean removeIf(Predicate<? super ComputationState> filter) {
      return false;
    }
  }
}
