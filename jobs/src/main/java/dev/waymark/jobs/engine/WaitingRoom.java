package dev.waymark.jobs.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * Where events wait for the watermark, in the order of their turn. The first of them wait in
 * memory; beyond a limit the events of further keys wait in state until they are due. At a
 * checkpoint what is in memory is copied to state.
 *
 * <p>For one operator instance, whose thread it is used by. Both list states are keyed as the
 * operator is.
 */
final class WaitingRoom {
  private final KeyContext keys;
  private final int maxInMemory;
  private final ListState<Waited> copies;
  private final ListState<Waited> spilled;

  /** In the order of arrival, which is nearly that of their turns: sorted when they leave. */
  private final List<Waiting> inMemory = new ArrayList<>();

  /** Keys whose events of the last checkpoint are in {@link #copies}. */
  private final Set<String> copied = new HashSet<>();

  /** Keys with events in {@link #spilled}, and when the first of these is due. */
  private final Map<String, Long> spilledDueMs = new HashMap<>();

  WaitingRoom(
      KeyContext keys, int maxInMemory, ListState<Waited> copies, ListState<Waited> spilled) {
    this.keys = keys;
    this.maxInMemory = maxInMemory;
    this.copies = copies;
    this.spilled = spilled;
  }

  /** Takes back what waited at the checkpoint that is restored. */
  void restore(Stream<String> keysWithCopies, Stream<String> keysWithSpilled) throws Exception {
    for (String key : keysWithCopies.toList()) {
      keys.setCurrentKey(key);
      copied.add(key);
      for (Waited waited : copies.get()) {
        inMemory.add(waited.as(key));
      }
    }
    for (String key : keysWithSpilled.toList()) {
      keys.setCurrentKey(key);
      for (Waited waited : spilled.get()) {
        spilledDueMs.merge(key, waited.as(key).readyMs(), Math::min);
      }
    }
  }

  void add(Waiting waiting) throws Exception {
    boolean inState = !spilledDueMs.isEmpty() && spilledDueMs.containsKey(waiting.key());
    if (!inState && inMemory.size() < maxInMemory) {
      inMemory.add(waiting);
      return;
    }
    keys.setCurrentKey(waiting.key());
    spilled.add(Waited.of(waiting));
    spilledDueMs.merge(waiting.key(), waiting.readyMs(), Math::min);
  }

  /** Hands over, in turn, all whose time the watermark has reached. */
  void release(long watermarkMs, Consumer<Waiting> to) throws Exception {
    fetchSpilled(watermarkMs);
    List<Waiting> ready = takeReady(watermarkMs);
    ready.sort(Waiting.inTurn());
    ready.forEach(to);
  }

  private List<Waiting> takeReady(long watermarkMs) {
    List<Waiting> ready = new ArrayList<>();
    int kept = 0;
    for (Waiting waiting : inMemory) {
      if (waiting.readyMs() <= watermarkMs) {
        ready.add(waiting);
      } else {
        inMemory.set(kept++, waiting);
      }
    }
    inMemory.subList(kept, inMemory.size()).clear();
    return ready;
  }

  int inMemory() {
    return inMemory.size();
  }

  /** Keys with events beyond what memory may hold. */
  int spilledKeys() {
    return spilledDueMs.size();
  }

  private void fetchSpilled(long watermarkMs) throws Exception {
    List<String> due = new ArrayList<>();
    spilledDueMs.forEach(
        (key, dueMs) -> {
          if (dueMs <= watermarkMs) {
            due.add(key);
          }
        });
    for (String key : due) {
      fetchSpilled(key, watermarkMs);
    }
  }

  private void fetchSpilled(String key, long watermarkMs) throws Exception {
    keys.setCurrentKey(key);
    List<Waited> rest = new ArrayList<>();
    long restDueMs = Long.MAX_VALUE;
    for (Waited waited : spilled.get()) {
      Waiting waiting = waited.as(key);
      if (waiting.readyMs() <= watermarkMs) {
        inMemory.add(waiting);
      } else {
        rest.add(waited);
        restDueMs = Math.min(restDueMs, waiting.readyMs());
      }
    }
    if (rest.isEmpty()) {
      spilled.clear();
      spilledDueMs.remove(key);
    } else {
      spilled.update(rest);
      spilledDueMs.put(key, restDueMs);
    }
  }

  /** Brings the copies in state to what waits in memory now. */
  void copyToState() throws Exception {
    Map<String, List<Waited>> waiting = new HashMap<>();
    for (Waiting one : inMemory) {
      waiting.computeIfAbsent(one.key(), key -> new ArrayList<>()).add(Waited.of(one));
    }
    for (String key : copied) {
      if (!waiting.containsKey(key)) {
        keys.setCurrentKey(key);
        copies.clear();
      }
    }
    copied.clear();
    for (Map.Entry<String, List<Waited>> one : waiting.entrySet()) {
      keys.setCurrentKey(one.getKey());
      copies.update(one.getValue());
      copied.add(one.getKey());
    }
  }
}
