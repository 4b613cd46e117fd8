package dev.waymark.jobs.topology;

import dev.waymark.jobs.ports.Incoming;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.java.tuple.Tuple2;

/** How far time has come in each partition, in the order of its log. */
final class PartitionTimes {
  private final long outOfOrdernessMs;
  private long[] highestMs = new long[0];

  PartitionTimes(long outOfOrdernessMs) {
    this.outOfOrdernessMs = outOfOrdernessMs;
  }

  /** A record of this time was read. */
  void note(int partition, long timeMs) {
    if (partition >= highestMs.length) {
      int before = highestMs.length;
      highestMs = Arrays.copyOf(highestMs, partition + 1);
      Arrays.fill(highestMs, before, highestMs.length, Incoming.NO_TIME);
    }
    highestMs[partition] = Math.max(highestMs[partition], timeMs);
  }

  /** The watermark that the records so far give: an event at or before it is late. */
  long logTimeMs(int partition) {
    return partition >= highestMs.length || highestMs[partition] == Incoming.NO_TIME
        ? Incoming.NO_TIME
        : highestMs[partition] - outOfOrdernessMs - 1;
  }

  List<Tuple2<Integer, Long>> asList() {
    List<Tuple2<Integer, Long>> list = new ArrayList<>();
    for (int partition = 0; partition < highestMs.length; partition++) {
      if (highestMs[partition] != Incoming.NO_TIME) {
        list.add(Tuple2.of(partition, highestMs[partition]));
      }
    }
    return list;
  }
}
