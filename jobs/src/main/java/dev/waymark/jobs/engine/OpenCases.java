package dev.waymark.jobs.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * How many judged cases an operator instance has open. Counted by key group, so that the count goes
 * where its keys go when the job is rescaled. For the instance's thread.
 */
final class OpenCases {
  private final int max;
  private final int keyGroups;
  private final Map<Integer, Long> byKeyGroup = new HashMap<>();
  private long total;
  private String key = "";

  OpenCases(int max, int keyGroups) {
    this.max = max;
    this.keyGroups = keyGroups;
  }

  /** Takes over the counts of the key groups that are this instance's. */
  void restore(Iterable<Tuple2<Integer, Long>> counts, KeyGroupRange ours) {
    for (Tuple2<Integer, Long> count : counts) {
      if (ours.contains(count.f0)) {
        add(count.f0, count.f1);
      }
    }
  }

  List<Tuple2<Integer, Long>> snapshot() {
    List<Tuple2<Integer, Long>> counts = new ArrayList<>();
    byKeyGroup.forEach((group, count) -> counts.add(Tuple2.of(group, count)));
    return counts;
  }

  /** The operator's key whose cases open and close from now on. */
  void use(String operatorKey) {
    key = operatorKey;
  }

  boolean isFull() {
    return total >= max;
  }

  int max() {
    return max;
  }

  long total() {
    return total;
  }

  void opened() {
    add(KeyGroupRangeAssignment.assignToKeyGroup(key, keyGroups), 1);
  }

  void closed() {
    add(KeyGroupRangeAssignment.assignToKeyGroup(key, keyGroups), -1);
  }

  private void add(int keyGroup, long count) {
    total += count;
    byKeyGroup.merge(
        keyGroup, count, (before, more) -> before + more == 0 ? null : (Long) (before + more));
  }
}
