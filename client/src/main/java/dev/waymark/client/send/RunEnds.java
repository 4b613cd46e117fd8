package dev.waymark.client.send;

import dev.waymark.schemas.event.Event;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which event is a run's last: counted in a first pass over the files. Grows with the number of
 * runs, about 150 bytes each.
 */
final class RunEnds {
  private final Map<String, Run> runs = new HashMap<>();

  private static final class Run {
    private long left;
    private long lastMicros = Long.MIN_VALUE;
  }

  /** Reads the files to their ends. */
  static RunEnds of(List<EventFile> files) throws IOException {
    RunEnds ends = new RunEnds();
    for (EventFile file : files) {
      for (Line line = file.next(); line != null; line = file.next()) {
        if (line.decoded() instanceof Event) {
          ends.runs.computeIfAbsent(String.valueOf(line.runKey()), k -> new Run()).left++;
        }
      }
    }
    return ends;
  }

  int size() {
    return runs.size();
  }

  /**
   * Takes note of an event that was sent. When it is its run's last, the time at which the run ends
   * in µs since the epoch: that of its latest event. Empty too where no time of the run can be
   * believed: such a run is not judged.
   */
  OptionalLong sent(Line line) throws IOException {
    String key = String.valueOf(line.runKey());
    Run run = runs.get(key);
    if (run == null) {
      throw new IOException("run " + key + ": its file changed while it was read");
    }
    run.left--;
    run.lastMicros = Math.max(run.lastMicros, line.placeMicros());
    if (run.left > 0) {
      return OptionalLong.empty();
    }
    runs.remove(key);
    return run.lastMicros == Long.MIN_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(run.lastMicros);
  }
}
